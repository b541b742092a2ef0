using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Reading;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Engine;

/// <summary>Views that stay open too long are ended, so that they cannot keep the log for ever.</summary>
public sealed class ReaderPoolTests : EngineTest
{
    [Fact]
    public void An_old_view_is_ended_and_a_young_one_is_not()
    {
        using var pool = new ReaderPool(
            () => SqliteConnection.OpenReader(Folder.File("postroom.db")), _ => null, Time, 1_000_000);
        using var old = pool.Read();
        Time.Advance(TimeSpan.FromSeconds(31));
        using var young = pool.Read();

        Assert.Equal(1, pool.EndOlderThan(TimeSpan.FromSeconds(30)));

        Assert.Throws<ObjectDisposedException>(() => old.FindEntry(Store.Ids.Next()));
        Assert.Null(young.FindEntry(Store.Ids.Next()));
        Assert.Equal(0, pool.EndOlderThan(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Views_open_when_the_store_closes_end_with_it()
    {
        using var reader = Store.Read();

        await ReopenAsync();

        Assert.Throws<ObjectDisposedException>(() => reader.ListEntries(new EntryQuery()));
    }
}
