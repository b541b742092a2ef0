using Npgsql;
using Postroom.Postgres.Tests.Conformance;
using Postroom.Sqlite.Tests;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>Nodes over one schema, and a way past them to the database.</summary>
public abstract class EngineTest(PostgresServer server) : IAsyncLifetime
{
    private readonly List<IPostStore> _open = [];

    public PostgresServer Server => server;

    internal FakeTime Time { get; } = new();

    private protected PostgresStoreOptions Options { get; set; } = server.NewStore();

    private protected long Now => Time.Milliseconds;

    public ValueTask InitializeAsync() => default;

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var store in _open)
        {
            await store.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected async Task<PostgresPostStore> OpenAsync(FakeTime? time = null)
    {
        var store = await PostgresStore.OpenAsync(Options, time ?? Time);
        _open.Add(store);
        return store;
    }

    private protected Entry NewEntry(IPostStore store, string? key = null) =>
        Sample.Entry(store.Ids.Next(), Now, key);

    private protected static IReadOnlyList<Entry> List(IPostStore store)
    {
        using var reader = store.Read();
        return reader.ListEntries(new EntryQuery { Limit = 1000 }).Entries;
    }

    /// <summary>Runs a statement as somebody else would; <c>store.</c> stands for the store's schema.</summary>
    private protected async Task<object?> RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Sql(sql), connection);
        return await command.ExecuteScalarAsync();
    }

    private protected string Sql(string sql) => sql.Replace("store.", $"{Options.Schema}.", StringComparison.Ordinal);

    private protected async ValueTask EndBackendAsync(int backend) =>
        await RunAsync($"SELECT pg_terminate_backend({backend}, 10000)");
}
