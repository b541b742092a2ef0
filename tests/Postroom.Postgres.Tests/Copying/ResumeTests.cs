using Postroom.Sqlite;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Tests.Copying;

/// <summary>A copy that is ended at any write, and goes on.</summary>
public sealed class ResumeTests(PostgresServer server) : CopyTest(server)
{
    private const int WritesMax = 5;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_goes_on_wherever_it_was_ended(bool isBehind)
    {
        await FillAsync();
        var before = Dump(Data);

        var there = await InterruptAtEachAsync($"sqlite:{Data}", Address, isBehind);
        var back = await InterruptAtEachAsync(Address, $"sqlite:{FolderWithFiles("back")}", isBehind);

        Assert.Equal(before, Dump(Folder.File("back")));
        Assert.True(there > 6, $"{there} interruptions");
        Assert.Equal(there, back);
    }

    [Fact]
    public async Task A_finished_copy_says_so_and_does_nothing()
    {
        await FillAsync();
        await ToPostgresAsync();
        await using var node = await OpenPostgresAsync();
        await node.CommitAsync(Sample.Keyed(Sample.Entry(node.Ids.Next(), Now, "later"), Now));

        Assert.Contains("Nothing to do.", await ToPostgresAsync(), StringComparison.Ordinal);
        Assert.NotNull(node.FindKey(Sample.Key("later"), Now));
    }

    [Fact]
    public async Task One_that_was_ended_at_its_very_beginning_meets_the_secret_of_a_node_that_was_tried()
    {
        await FillAsync();
        await using (await OpenPostgresAsync())
        {
            // Its secret is made here.
        }

        await BreakOffAsync($"sqlite:{Data}", Address, at: 1);
        Assert.Equal(2L, await RunAsync("SELECT count(*) FROM postroom.settings"));

        await ToPostgresAsync();
        await using var source = await OpenSqliteAsync();
        await using var copy = await OpenPostgresAsync();
        Assert.Equal(source.Secret.ToArray(), copy.Secret.ToArray());
    }

    [Fact]
    public async Task While_it_is_unfinished_nobody_serves_it()
    {
        await FillAsync();
        await BreakOffAsync($"sqlite:{Data}", Address);
        var node = await Assert.ThrowsAsync<PostgresStartException>(OpenPostgresAsync);
        Assert.Contains($"postroom copy --from sqlite:{Data} --to", node.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await RunAsync("SELECT count(*) FROM postroom.nodes WHERE node IS NOT NULL"));

        await ToPostgresAsync();
        var back = Folder.File("back");
        await BreakOffAsync(Address, $"sqlite:{back}");
        var server = await Assert.ThrowsAsync<StoreStartException>(() => OpenSqliteAsync(back));
        Assert.Contains("postroom copy --from postgres://127.0.0.1", server.Message, StringComparison.Ordinal);
        Assert.Throws<StoreStartException>(() => SqlitePostStore.OpenReadOnly(back, Time));
        Assert.Contains(
            "not finished", (await Assert.ThrowsAsync<StoreStartException>(() => CopyAsync($"sqlite:{back}", Address))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_was_used_meanwhile_is_found_out()
    {
        await FillAsync();
        await BreakOffAsync($"sqlite:{Data}", Address, at: 12);
        await using (var store = await OpenSqliteAsync())
        {
            using var reader = store.Read();
            var first = reader.ListEntries(new EntryQuery { Limit = 100 }).Entries[^1];
            await store.CommitAsync(Sample.Unit(new SetEntryState(first.Id, EntryState.Held, "meanwhile")));
        }

        var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => ToPostgresAsync());

        Assert.Contains("differs from", refused.Message, StringComparison.Ordinal);
        Assert.Contains("entries", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresStartException>(OpenPostgresAsync);
    }

    [Fact]
    public async Task A_row_that_differs_in_the_copy_is_found_out()
    {
        await FillAsync();
        await BreakOffAsync($"sqlite:{Data}", Address, at: 12);
        await RunAsync("UPDATE postroom.entries SET document = document || 'x' WHERE state = 0");

        var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => ToPostgresAsync());

        Assert.Contains("in: entries.", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresStartException>(OpenPostgresAsync);
    }

    private async Task BreakOffAsync(string from, string to, int at = 4) => await Assert.ThrowsAsync<InterruptedException>(
        () => CopyAsync(from, to, target => new InterruptedTarget(target, at, isBehind: true)));

    /// <summary>Ends one run after the other at its first to fifth write, until one comes to its end.</summary>
    private async Task<int> InterruptAtEachAsync(string from, string to, bool isBehind)
    {
        for (var times = 0; ; times++)
        {
            try
            {
                await CopyAsync(from, to, target => new InterruptedTarget(target, 1 + (times % WritesMax), isBehind));
                return times;
            }
            catch (InterruptedException)
            {
                Assert.True(times < 500);
            }
        }
    }
}
