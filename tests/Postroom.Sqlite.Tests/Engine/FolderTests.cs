using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Schema;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Engine;

/// <summary>Who may open a data folder, and how.</summary>
public sealed class FolderTests : EngineTest
{
    [Fact]
    public async Task A_second_store_in_the_same_folder_is_refused_and_told_by_whom()
    {
        var refusal = await Assert.ThrowsAsync<DataFolderInUseException>(() => SqlitePostStore.OpenAsync(
            new SqliteStoreOptions { Folder = Folder.Path }, Time, new SeededEntropy(9), NullLogger.Instance));

        Assert.Equal(Environment.ProcessId, refusal.ProcessId);
        Assert.Contains(Folder.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(UnitVerdict.Committed, (await PostAsync("k")).Verdict);
    }

    [Fact]
    public async Task The_folder_is_free_again_after_a_close() => await ReopenAsync();

    [Fact]
    public async Task A_migration_that_was_changed_is_refused()
    {
        await Store.DisposeAsync();
        Change("UPDATE migrations SET digest = 'other'");

        var refusal = await Assert.ThrowsAsync<StoreStartException>(() => OpenAsync(Options));

        Assert.Contains("Migration 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await Store.DisposeAsync();
        Change("INSERT INTO migrations VALUES (99, 'of the future', 'x', 0)");

        var refusal = await Assert.ThrowsAsync<StoreStartException>(() => OpenAsync(Options));

        Assert.Contains("newer Postroom", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("of the future", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<StoreStartException>(() => SqlitePostStore.OpenReadOnly(Folder.Path, Time));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        await Store.DisposeAsync();
        var bytes = new byte[8192];
        Array.Fill(bytes, (byte)'x');
        await File.WriteAllBytesAsync(Folder.File("postroom.db"), bytes);

        await Assert.ThrowsAsync<StoreStartException>(() => OpenAsync(Options));

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Folder.File("postroom.db")));
    }

    [Fact]
    public void A_failing_migration_leaves_nothing_of_itself()
    {
        using var folder = new TemporaryFolder();
        using var connection = SqliteConnection.OpenWriter(folder.File("test.db"));
        Migration first = new(1, "one", "CREATE TABLE one (a)");
        Migration wrong = new(2, "two", "CREATE TABLE two (a); CREATE TABLE one (a)");
        Migration right = new(2, "two", "CREATE TABLE two (a)");
        SchemaMigrator.Migrate(connection, [first], 0);

        Assert.Throws<SqliteException>(() => SchemaMigrator.Migrate(connection, [first, wrong], 0));
        connection.Execute("ROLLBACK");
        SchemaMigrator.Migrate(connection, [first, right], 0);

        Assert.Equal(2, connection.ScalarNumber("SELECT count(*) FROM migrations"));
    }

    [Fact]
    public async Task Entries_of_an_earlier_version_are_read_after_an_upgrade_and_new_ones_are_whole()
    {
        var old = NewEntry();
        using var folder = new TemporaryFolder();
        using (var connection = SqliteConnection.OpenWriter(folder.File("postroom.db")))
        {
            SchemaMigrator.Migrate(connection, [Migrations.All[0]], 0);
            connection.Execute(
                "INSERT INTO entries (row, id, endpoint, state, reason, received_at, expires_at, document) VALUES "
                + $"({old.Id.Row}, x'{Convert.ToHexString(old.Id.ToArray())}', '/a', 1, 'honeypot', 5, 0, '{{}}')");
        }

        await Store.DisposeAsync();
        var store = await OpenAsync(new SqliteStoreOptions { Folder = folder.Path });
        var held = NewEntry() with { State = EntryState.Held, Reason = "links", Evidence = "links: 4" };
        await PostAsync(held);

        Assert.Equal("honeypot", Find(old.Id)!.Reason);
        Assert.Null(Find(old.Id)!.Evidence);
        Assert.Equal("links: 4", Find(held.Id)!.Evidence);
        await store.DisposeAsync();
    }

    [Fact]
    public void A_pragma_that_does_not_read_back_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var connection = SqliteConnection.OpenWriter(folder.File("test.db"));
        WriterPragmas.Set(connection);

        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal(2, connection.ScalarNumber("PRAGMA synchronous"));
        Assert.Equal(0, connection.ScalarNumber("PRAGMA wal_autocheckpoint"));
        Assert.Throws<SqliteException>(() => connection.SetPragma("synchronous", "FULL", "3"));
    }

    [Fact]
    public async Task A_person_can_read_the_entries()
    {
        var entry = NewEntry("k");
        await PostAsync(entry);

        using var reader = Store.Read();
        var row = Assert.Single(reader.Query(new Statement(
            "select id, state, received_at, document, answer from entries_readable")).Rows);

        Assert.Equal(
            [entry.Id.ToString(), "stored", "2026-01-02T03:04:05.000Z", """{"name":"Ada"}""",
                """{"message":"Thank you","key":"k"}"""],
            row);
    }

    private void Change(string sql)
    {
        using var connection = SqliteConnection.OpenWriter(Folder.File("postroom.db"));
        connection.Execute(sql);
    }
}
