using Npgsql;

namespace Postroom.Postgres;

/// <summary>The database with the schema that the store's statements are written for.</summary>
/// <param name="source">Connections for all that is awaited.</param>
/// <param name="views">
/// Connections for what blocks its thread, and for nothing else: a socket that was awaited once needs a thread of the
/// pool for every answer from then on, and those who block have taken them.
/// </param>
/// <param name="schema">The schema's name.</param>
internal sealed class Database(NpgsqlDataSource source, NpgsqlDataSource views, string schema) : IAsyncDisposable
{
    private const string Written = "postroom.";

    /// <summary>The schema's name.</summary>
    public string Schema { get; } = schema;

    /// <summary>Whether a pooler such as PgBouncer stands before it.</summary>
    public bool IsPooled { get; init; }

    public NpgsqlDataSource Source { get; } = source;

    public NpgsqlDataSource Views { get; } = views;

    /// <summary>A statement over the schema <c>postroom</c>, over the schema that the store has.</summary>
    public string Sql(string text) => text.Replace(Written, Schema + ".", StringComparison.Ordinal);

    public NpgsqlBatchCommand Command(string text, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(Sql(text));
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Runs one statement in a transaction of its own and gives the number of rows it changed.</summary>
    public async ValueTask<int> ExecuteAsync(
        string text, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = Source.CreateCommand(Sql(text));
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Forgets the connections that wait to be used: what broke one has most likely broken them.</summary>
    public void Clear()
    {
        Forget(Source);
        Forget(Views);
    }

    /// <summary>
    /// The same for one source, and which of several hosts is the primary: that is remembered for a while, and has most
    /// likely changed too.
    /// </summary>
    public static void Forget(NpgsqlDataSource source)
    {
        (source as NpgsqlMultiHostDataSource)?.ClearDatabaseStates();
        source.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Views.DisposeAsync();
    }
}
