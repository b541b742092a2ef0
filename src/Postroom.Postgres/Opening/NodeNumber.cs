using Microsoft.Extensions.Logging;
using Npgsql;
using Postroom.Postgres.Writing;
using Postroom.Storage;

namespace Postroom.Postgres.Opening;

/// <summary>
/// The number that this process holds among the nodes, so that the rows of its entries differ from theirs. It is that
/// which was given a sign of life longest ago; a row that two nodes make after all is refused by the database.
/// </summary>
internal sealed class NodeNumber : IAsyncDisposable
{
    /// <summary>How many nodes there can be, a power of two.</summary>
    public const int Nodes = 64;

    private const string Take = """
        UPDATE postroom.nodes SET node = $1, seen_at = now()
        WHERE number = (SELECT number FROM postroom.nodes WHERE seen_at < now() - interval '1 minute'
          ORDER BY seen_at, number LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING number
        """;

    private const string Live = "SELECT count(*) FROM postroom.nodes WHERE seen_at >= now() - interval '1 minute'";

    private static readonly TimeSpan s_sign = TimeSpan.FromSeconds(15);

    private readonly Database _database;
    private readonly Guid _node;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    private NodeNumber(Database database, Guid node, int number, TimeProvider time, ILogger logger)
    {
        (_database, _node, Number, _logger) = (database, node, number, logger);
        _timer = time.CreateTimer(_ => _ = SignAsync(), null, s_sign, s_sign);
    }

    public int Number { get; }

    public static async Task<NodeNumber> TakeAsync(
        Database database, TimeProvider time, EntropySource entropy, ILogger logger, CancellationToken cancel)
    {
        var node = Uuids.Of(new KeyHash(entropy.NextUInt64(), entropy.NextUInt64()));
        await using var command = database.Source.CreateCommand(database.Sql(Take));
        command.Parameters.Add(Parameters.Uuid(node));
        if (await command.ExecuteScalarAsync(cancel) is int number)
        {
            return new NodeNumber(database, node, number, time, logger);
        }

        await using var live = database.Source.CreateCommand(database.Sql(Live));
        throw new PostgresStartException(await live.ExecuteScalarAsync(cancel) is < (long)Nodes
            ? "The numbers of all nodes are held by a command that needs the store at rest, such as postroom copy. "
                + "Start the node when it has ended."
            : $"There are {Nodes} nodes at this store already. Stop one, and wait a minute where it did not end by "
                + "itself.");
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await WriteAsync("UPDATE postroom.nodes SET node = NULL, seen_at = '-infinity' WHERE node = $1");
    }

    private Task SignAsync() => WriteAsync("UPDATE postroom.nodes SET seen_at = now() WHERE node = $1");

    private async Task WriteAsync(string sql)
    {
        try
        {
            await _database.ExecuteAsync(sql, CancellationToken.None, Parameters.Uuid(_node));
        }
        catch (Exception failure) when (Failures.Kind(failure) is not null || failure is ObjectDisposedException)
        {
            Log.SignFailed(_logger, failure);
        }
    }
}
