using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Postroom.Postgres.Copying;
using Postroom.Postgres.Jobs;
using Postroom.Postgres.Reading;
using Postroom.Postgres.Records;
using Postroom.Postgres.Schema;
using Postroom.Postgres.Writing;
using Postroom.Storage;

namespace Postroom.Postgres.Opening;

/// <summary>Opens a store, in the one order in which it can be opened.</summary>
internal sealed partial class PostgresOpening(
    PostgresStoreOptions options, TimeProvider time, EntropySource entropy, ILogger logger)
{
    // Three nodes stay below the hundred connections that a server takes unless told.
    private const int PoolMax = 20;
    private const int ViewsMax = 10;

    /// <exception cref="PostgresStartException">It cannot be opened.</exception>
    public async Task<PostgresParts> OpenAsync(CancellationToken cancel)
    {
        var address = PostgresAddress.Read(options.ConnectionString);
        Database? database = null;
        try
        {
            database = await ConnectAsync(address, options.Schema, cancel);
            return await OpenAsync(database, address, cancel);
        }
        catch (Exception failure)
        {
            await (database?.DisposeAsync() ?? default);
            if (Failures.Kind(failure) is not null)
            {
                throw new PostgresStartException(
                    $"The database {address.Database} on {PostgresAddress.Place(address)} cannot be opened: "
                    + failure.Message, failure);
            }

            throw;
        }
    }

    /// <summary>The database at that address, which was asked whether a pooler stands before it.</summary>
    /// <exception cref="PostgresStartException">The schema has a name that none can have.</exception>
    public static async Task<Database> ConnectAsync(
        NpgsqlConnectionStringBuilder address, string schema, CancellationToken cancel)
    {
        if (!SchemaName().IsMatch(schema))
        {
            throw new PostgresStartException(
                "The schema of the store is named by lower-case letters, digits and underscores, a letter first.");
        }

        await using var first = Source(address, 1, prepared: 0);
        var isPooled = await Pooler.StandsBeforeAsync(first, cancel);
        var prepared = isPooled ? 0 : PostgresDefaults.PreparedMax;
        return new Database(Source(address, PoolMax, prepared), Source(address, ViewsMax, prepared), schema)
        {
            IsPooled = isPooled,
        };
    }

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder given, int max, int prepared)
    {
        var address = PostgresDefaults.Apply(given, max, prepared);
        var builder = new NpgsqlSlimDataSourceBuilder(address.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        return builder.Build();
    }

    private async Task<PostgresParts> OpenAsync(
        Database database, NpgsqlConnectionStringBuilder address, CancellationToken cancel)
    {
        var findings = await ServerProbe.RunAsync(database, options.LeasesByServerClock ? time : null, cancel);
        await SchemaMigrator.MigrateAsync(database, Migrations.All, cancel);
        var node = await NodeNumber.TakeAsync(database, time, entropy, logger, cancel);
        try
        {
            return await OpenAsync(database, address, node, findings, cancel);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    private async Task<PostgresParts> OpenAsync(
        Database database, NpgsqlConnectionStringBuilder address, NodeNumber node, IReadOnlyList<string> findings,
        CancellationToken cancel)
    {
        await CopyMark.RefuseUnfinishedAsync(database, cancel);
        await DefineAsync(database, cancel);
        var secret = await StoreSecret.ReadOrMakeAsync(database, entropy, cancel);
        var ids = new EntryIdSource(time, entropy, node.Number, NodeNumber.Nodes);
        ids.StartAfter(await LastRowAsync(database, cancel));
        foreach (var finding in findings)
        {
            Log.Finding(logger, finding);
        }

        Log.Opened(logger, database.Schema, address.Database ?? "", address.Host ?? "",
            await VersionAsync(database, cancel), node.Number);
        if (database.IsPooled)
        {
            Log.BehindPooler(logger);
        }

        var shapes = new RecordShapes(database);
        await shapes.ReloadAsync(cancel);
        return new PostgresParts
        {
            Shapes = shapes,
            Database = database,
            Node = node,
            Secret = secret,
            Ids = ids,
            Writers = new UnitWriters(database, shapes, options, time, entropy, logger),
            Keys = new KeyAnswers(database),
            Notices = new JobNotices(database, node.Number, logger),
            Listener = database.IsPooled
                ? null
                : new JobListener(Source(address, 1, prepared: 0), database.Schema, node.Number, logger),
        };
    }

    private async Task DefineAsync(Database database, CancellationToken cancel)
    {
        if (options.OnOpen.Count == 0)
        {
            return;
        }

        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var statement in options.OnOpen)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    private static async Task<long> LastRowAsync(Database database, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(
            database.Sql("SELECT coalesce(max(row), 0) FROM postroom.entries"));
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<string> VersionAsync(Database database, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand("SHOW server_version");
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.None, 1000)]
    private static partial Regex SchemaName();
}
