using System.Security.Cryptography;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Engine;

/// <summary>Reading beside a server, and without one.</summary>
public sealed class StoreViewTests : EngineTest
{
    [Fact]
    public async Task A_view_beside_the_server_sees_what_is_committed_and_makes_no_file()
    {
        var before = NewEntry("a");
        await PostAsync(before);
        var files = Files();
        using var view = SqlitePostStore.OpenReadOnly(Folder.Path, Time);

        Assert.NotNull(Seen(view, before.Id));
        var after = NewEntry("b");
        await PostAsync(after);
        Assert.NotNull(Seen(view, after.Id));
        Assert.Equal(files, Files());
    }

    [Fact]
    public async Task A_view_of_a_store_at_rest_reads_it_and_makes_no_file()
    {
        var entry = NewEntry("a");
        await PostAsync(entry);
        await Store.DisposeAsync();
        var files = Files();

        using (var view = SqlitePostStore.OpenReadOnly(Folder.Path, Time))
        {
            Assert.NotNull(Seen(view, entry.Id));
            Assert.Equal(files, Files());
        }

        Assert.Equal(files, Files());
    }

    [Fact]
    public async Task A_server_does_not_start_under_a_view_of_a_store_at_rest()
    {
        await Store.DisposeAsync();
        using (SqlitePostStore.OpenReadOnly(Folder.Path, Time))
        {
            await Assert.ThrowsAsync<DataFolderInUseException>(() => OpenAsync(Options));
        }

        await OpenAsync(Options);
    }

    [Fact]
    public async Task A_view_of_what_a_killed_server_left_sees_the_newest_commits_and_changes_no_file()
    {
        var entry = NewEntry("a");
        await PostAsync(entry);
        using var left = CopyOf("postroom.db", "postroom.db-wal", "postroom.db-shm");
        var before = Contents(left);

        using (var view = SqlitePostStore.OpenReadOnly(left.Path, Time))
        {
            Assert.NotNull(Seen(view, entry.Id));
        }

        Assert.Equal(before, Contents(left));
    }

    [Fact]
    public async Task A_view_that_would_have_to_make_a_file_is_refused_with_what_to_do()
    {
        await PostAsync("a");
        using var left = CopyOf("postroom.db", "postroom.db-wal");

        var refusal = Assert.Throws<StoreStartException>(() => SqlitePostStore.OpenReadOnly(left.Path, Time));

        Assert.Contains("Start the server once", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.EnumerateFiles(left.Path).Count());
    }

    [Fact]
    public void A_view_does_not_write()
    {
        using var view = SqlitePostStore.OpenReadOnly(Folder.Path, Time);
        using var reader = view.Read();

        Assert.Throws<InvalidOperationException>(() => reader.Query(new Statement("create table mine (a)")));
    }

    [Fact]
    public void There_is_no_view_of_nothing()
    {
        using var empty = new TemporaryFolder();

        Assert.Throws<StoreStartException>(() => SqlitePostStore.OpenReadOnly(empty.Path, Time));
        Assert.Empty(Directory.EnumerateFiles(empty.Path));
    }

    private TemporaryFolder CopyOf(params string[] names)
    {
        var copy = new TemporaryFolder();
        foreach (var name in names)
        {
            File.Copy(Folder.File(name), copy.File(name));
        }

        return copy;
    }

    private static Entry? Seen(SqliteStoreView view, EntryId id)
    {
        using var reader = view.Read();
        return reader.FindEntry(id);
    }

    // The shared index holds marks of readers: what must not change is the data and the log.
    private static string[] Contents(TemporaryFolder folder) =>
    [
        .. Directory.EnumerateFiles(folder.Path).Order(StringComparer.Ordinal).Select(file =>
            file.EndsWith("-shm", StringComparison.Ordinal)
                ? Path.GetFileName(file)
                : $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];
}
