using Postroom.Postgres.Copying;
using Postroom.Server.Commands;
using Postroom.Sqlite;
using Postroom.Sqlite.Copying;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Erasing;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Tests.Copying;

/// <summary>What is not copied, and where it is not copied to.</summary>
public sealed class RefusalTests(PostgresServer server) : CopyTest(server)
{
    [Fact]
    public async Task A_server_runs_on_the_data_folder()
    {
        await using var store = await OpenSqliteAsync();

        await Assert.ThrowsAsync<DataFolderInUseException>(() => ToPostgresAsync());
    }

    [Fact]
    public async Task A_node_runs_on_either_database()
    {
        await FillAsync();
        await using var node = await OpenPostgresAsync();

        var there = await Assert.ThrowsAsync<CopyRefusedException>(() => ToPostgresAsync());
        var back = await Assert.ThrowsAsync<CopyRefusedException>(() => ToSqliteAsync(Folder.File("back")));

        Assert.StartsWith("1 node runs on postgres://127.0.0.1:", there.Message, StringComparison.Ordinal);
        Assert.Equal(there.Message, back.Message);
        Assert.Null(await RunAsync("SELECT 1 FROM postroom.settings WHERE name = 'copy'"));
    }

    [Fact]
    public async Task A_node_that_was_killed_counts_for_a_minute()
    {
        await FillAsync();
        await ToPostgresAsync();
        await RunAsync("UPDATE postroom.nodes SET node = gen_random_uuid(), seen_at = now() - interval '50 s' WHERE number = 7");
        await Assert.ThrowsAsync<CopyRefusedException>(() => ToSqliteAsync(Folder.File("back"), Data));

        await RunAsync("UPDATE postroom.nodes SET seen_at = now() - interval '70 s' WHERE number = 7");

        await ToSqliteAsync(Folder.File("back"), Data);
    }

    [Fact]
    public async Task No_node_starts_and_none_that_was_frozen_writes_while_the_database_is_copied()
    {
        await FillAsync();
        await ToPostgresAsync();
        await using var frozen = await OpenPostgresAsync();
        await RunAsync("UPDATE postroom.nodes SET seen_at = now() - interval '2 minutes'");
        var source = await PostgresCopySource.OpenAsync(
            new PostgresStoreOptions { ConnectionString = Address }, TestContext.Current.CancellationToken);

        var start = await Assert.ThrowsAsync<PostgresStartException>(OpenPostgresAsync);
        var write = frozen.CommitAsync(Sample.Keyed(Sample.Entry(frozen.Ids.Next(), Now, "woken"), Now)).AsTask();

        Assert.Contains("postroom copy", start.Message, StringComparison.Ordinal);
        Assert.Equal(0, source.Count(CopyTables.Bodies, Scope) - 1);
        Assert.False(write.IsCompletedSuccessfully && (await write).Verdict == UnitVerdict.Committed);
        await source.DisposeAsync();
        await write;
    }

    [Fact]
    public async Task The_target_is_not_empty()
    {
        await FillAsync();
        await using (var node = await OpenPostgresAsync())
        {
            await node.CommitAsync(Sample.Keyed(Sample.Entry(node.Ids.Next(), Now, "there"), Now));
        }

        var there = await Assert.ThrowsAsync<CopyRefusedException>(() => ToPostgresAsync());
        var back = await Assert.ThrowsAsync<CopyRefusedException>(() => ToSqliteAsync(Data));

        Assert.EndsWith(
            "is not empty: there are entries. Nothing was changed. Copy into an empty one.", there.Message,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "is not empty: there are entries. Nothing was changed. Copy into an empty one.", back.Message,
            StringComparison.Ordinal);
        await using var after = await OpenPostgresAsync();
        Assert.NotNull(after.FindKey(Sample.Key("there"), Now));
    }

    [Fact]
    public async Task The_target_is_a_copy_of_another_store()
    {
        await FillAsync();
        await Assert.ThrowsAsync<InterruptedException>(
            () => CopyAsync($"sqlite:{Data}", Address, target => new InterruptedTarget(target, 3, isBehind: true)));
        await using (await OpenSqliteAsync(Folder.File("other")))
        {
            // Another store.
        }

        var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => CopyAsync($"sqlite:{Folder.File("other")}", Address));

        Assert.Contains($"is a copy of another store, sqlite:{Data}.", refused.Message, StringComparison.Ordinal);
        await ToPostgresAsync();
    }

    [Fact]
    public async Task Two_copies_write_to_one_database()
    {
        await FillAsync();
        await CopyAsync($"sqlite:{Data}", Address, target => new MeddledTarget(target, at: 3, () => RunAsync(
            "UPDATE postroom.settings SET value = value || ' ' WHERE name = 'copy'"))).ContinueWith(
            copy => Assert.StartsWith(
                "Another copy writes to", Assert.IsType<CopyRefusedException>(copy.Exception!.InnerException).Message,
                StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task There_is_no_store()
    {
        await Assert.ThrowsAsync<StoreStartException>(() => ToPostgresAsync());
        var refused = await Assert.ThrowsAsync<PostgresStartException>(() => ToSqliteAsync(Data));

        Assert.StartsWith("There is no store in postgres://127.0.0.1:", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_store_of_an_older_version()
    {
        await FillAsync();
        using (var connection = SqliteConnection.OpenWriter(Path.Combine(Data, "postroom.db")))
        {
            connection.Execute("DELETE FROM migrations WHERE number = (SELECT max(number) FROM migrations)");
        }

        var refused = await Assert.ThrowsAsync<StoreStartException>(() => ToPostgresAsync());

        Assert.Contains("older Postroom", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_of_another_version_is_left_as_it_is()
    {
        await FillAsync();
        await using (await OpenPostgresAsync())
        {
            // It makes the schema.
        }

        await RunAsync("INSERT INTO postroom.migrations VALUES (99, 'of the next release', 1)");

        Assert.Contains(
            "newer Postroom", (await Assert.ThrowsAsync<PostgresStartException>(() => ToPostgresAsync())).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "newer Postroom",
            (await Assert.ThrowsAsync<PostgresStartException>(() => ToSqliteAsync(Folder.File("back")))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_to_erase_waits()
    {
        var first = await FillAsync();
        var orders = new OrderFolder(Data);
        orders.Make();
        var order = orders.Place(first, new EraseOrder([first.ToString()], []));

        var refused = await Assert.ThrowsAsync<StoreStartException>(() => ToPostgresAsync());

        Assert.Contains("order to erase", refused.Message, StringComparison.Ordinal);
        Assert.True(orders.TryWithdraw(order));
        await ToPostgresAsync();
    }

    [Fact]
    public async Task A_text_that_PostgreSQL_cannot_hold_is_named_by_its_table()
    {
        await FillAsync();
        using (var connection = SqliteConnection.OpenWriter(Path.Combine(Data, "postroom.db")))
        {
            connection.Execute("UPDATE jobs SET error = 'a' || char(0) || 'b' WHERE state = 3");
        }

        var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => ToPostgresAsync());

        Assert.Contains("jobs", refused.Message, StringComparison.Ordinal);
        Assert.Contains("0x00", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_disk_of_the_database_is_full()
    {
        await FillAsync();
        await Assert.ThrowsAsync<InterruptedException>(
            () => CopyAsync($"sqlite:{Data}", Address, target => new InterruptedTarget(target, 2, isBehind: true)));
        await RunAsync(
            """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON postroom.jobs FOR EACH ROW EXECUTE FUNCTION full_disk();
            """);

        var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => ToPostgresAsync());

        Assert.Contains("is full. Make space and run the same command again", refused.Message, StringComparison.Ordinal);
        await RunAsync("DROP TRIGGER full_disk ON postroom.jobs");
        await ToPostgresAsync();
    }

    [Fact]
    public async Task The_disk_of_the_data_folder_is_full()
    {
        await FillAsync();
        await ToPostgresAsync();
        var back = Folder.File("back");
        var source = await PostgresCopySource.OpenAsync(
            new PostgresStoreOptions { ConnectionString = Address }, TestContext.Current.CancellationToken);
        await using (source)
        {
            await using var small = SqliteCopyTarget.Open(back, Now, pagesMax: 60);
            small.Begin(new CopyProgress(source.Place, "", Now));
            using var rows = source.Read(CopyTables.Entries, [], Scope);
            var slice = new CopySlice();
            Assert.True(rows.Read(slice));

            var refused = Assert.Throws<CopyRefusedException>(
                () => small.Write(CopyTables.Entries, slice, small.Progress! with { Step = "entries" }));

            Assert.Contains("no space left", refused.Message, StringComparison.Ordinal);
            Assert.Null(small.Progress!.Step);
        }
    }

    [Theory]
    [InlineData("data")]
    [InlineData("sqlite:")]
    [InlineData("postgres:")]
    [InlineData("mysql://ada:secret@host/db")]
    public void An_address_that_names_no_store(string text)
    {
        var refused = Assert.Throws<CommandException>(() => Server.Copying.CopyAddress.Read("--to", text));

        Assert.StartsWith("--to names a store", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_of_a_kind()
    {
        await Assert.ThrowsAsync<CommandException>(() => CopyAsync($"sqlite:{Data}", $"sqlite:{Folder.File("b")}"));
        await Assert.ThrowsAsync<CommandException>(() => CopyAsync(Address, Address));
    }
}
