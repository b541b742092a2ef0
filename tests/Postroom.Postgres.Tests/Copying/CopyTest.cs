using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Postroom.Files;
using Postroom.Server.Backups;
using Postroom.Server.Copying;
using Postroom.Sqlite;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Tests;
using Postroom.Storage;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Tests.Copying;

/// <summary>A data folder and a database of the test's own, and the command between them.</summary>
public abstract class CopyTest(PostgresServer server) : IAsyncLifetime
{
    private static int s_database;
    private static int s_seed = 1000;

    private protected FakeTime Time { get; } = new();

    private protected TemporaryFolder Folder { get; } = new();

    private protected string Data => Folder.File("data");

    private protected string Database { get; } = $"copy_{Interlocked.Increment(ref s_database)}_{Environment.ProcessId}";

    private protected string Address => $"postgres://postroom@127.0.0.1:{server.Port}/{Database}?sslmode=disable";

    private protected string ConnectionString =>
        server.ConnectionString.Replace("=postgres;", $"={Database};", StringComparison.Ordinal);

    private protected CopyScope Scope => new(Now, FilesMove: false);

    private protected long Now => Time.Milliseconds;

    public async ValueTask InitializeAsync() => await server.NewDatabaseAsync(Database);

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
        return default;
    }

    private protected Task<SqlitePostStore> OpenSqliteAsync(string? folder = null) => SqlitePostStore.OpenAsync(
        new SqliteStoreOptions { Folder = folder ?? Data }, Time, new SeededEntropy(Interlocked.Increment(ref s_seed)),
        NullLogger.Instance);

    private protected async Task<PostgresPostStore> OpenPostgresAsync() => await PostgresPostStore.OpenAsync(
        new PostgresStoreOptions { ConnectionString = Address, LeasesByServerClock = false }, Time,
        new SeededEntropy(Interlocked.Increment(ref s_seed)), NullLogger.Instance, TestContext.Current.CancellationToken);

    /// <summary>Runs the command, and gives what it wrote.</summary>
    private protected async Task<string> CopyAsync(string from, string to, string? files = null)
    {
        var output = new StringWriter();
        var code = await new CopyPlaces(CopyAddress.Read("--from", from), CopyAddress.Read("--to", to), files).RunAsync(
            Time, new ProgressLine(TextWriter.Null, isTerminal: false, Time), output, TestContext.Current.CancellationToken);
        Assert.Equal(0, code);
        return output.ToString();
    }

    /// <summary>Runs the command with a target that is not quite the engine's, in small slices.</summary>
    private protected async Task CopyAsync(string from, string to, Func<ICopyTarget, ICopyTarget> wrap, int rows = 2)
    {
        var places = new CopyPlaces(CopyAddress.Read("--from", from), CopyAddress.Read("--to", to), null);
        await using var source = await places.OpenSourceAsync(TestContext.Current.CancellationToken);
        await using var target = await places.OpenTargetAsync(Time.GetUtcNow(), TestContext.Current.CancellationToken);
        var progress = new ProgressLine(TextWriter.Null, isTerminal: false, Time);
        var run = new CopyRun(source, wrap(target), places.Files(), Time, progress, TextWriter.Null) { RowsAtOnce = rows };
        await run.RunAsync();
    }

    private protected async Task<EntryId> FillAsync()
    {
        await using var store = await OpenSqliteAsync();
        var full = new FullStore(store, new DiskFileStore(Path.Combine(Data, "files")), Now);
        await full.FillAsync();
        return full.First;
    }

    private protected Task<string> ToPostgresAsync(string? files = null) => CopyAsync($"sqlite:{Data}", Address, files);

    private protected Task<string> ToSqliteAsync(string folder, string? files = null) =>
        CopyAsync(Address, $"sqlite:{folder}", files);

    /// <summary>A folder in which the files are those of the data folder, so that they need not move.</summary>
    private protected string FolderWithFiles(string name)
    {
        Directory.CreateDirectory(Folder.File(name));
        Directory.CreateSymbolicLink(Path.Combine(Folder.File(name), "files"), Path.Combine(Data, "files"));
        return Folder.File(name);
    }

    private protected async Task<object?> RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Every value of every table but those that are made anew, as text.</summary>
    private protected static IReadOnlyList<string> Dump(string folder)
    {
        using var connection = SqliteConnection.OpenWriter(Path.Combine(folder, "postroom.db"));
        var rows = new List<string>();
        foreach (var table in Tables(connection).Except(["migrations", "entry_spans", "key_generations", "settings"]))
        {
            rows.AddRange(Rows(connection, $"SELECT * FROM {table}").Select(row => $"{table}: {row}").Order());
        }

        rows.AddRange(Rows(connection, $"SELECT * FROM settings WHERE name <> '{CopyProgress.Name}'"));
        return rows;
    }

    private static List<string> Tables(SqliteConnection connection)
    {
        using var select = connection.Prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
        var tables = new List<string>();
        while (select.Step())
        {
            tables.Add(select.Text(0)!);
        }

        return tables;
    }

    private static IEnumerable<string> Rows(SqliteConnection connection, string sql)
    {
        using var select = connection.Prepare(sql);
        while (select.Step())
        {
            yield return string.Join(" | ", Enumerable.Range(0, select.Columns).Select(
                column => $"{select.Name(column)}={select.Type(column)}:{Value(select, column)}"));
        }
    }

    private static string Value(SqliteStatement row, int column) => row.Type(column) switch
    {
        1 => $"{row.Number(column)}",
        5 => "",
        _ => Convert.ToHexString(row.Bytes(column)),
    };
}
