using Npgsql;
using Postroom.Postgres.Opening;
using Postroom.Postgres.Schema;
using Postroom.Postgres.Writing;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Copying;

/// <summary>A database on either side of a copy, and the one connection that the copy has to it.</summary>
internal sealed class PostgresCopyStore : IAsyncDisposable
{
    private const string Live =
        "SELECT count(*) FROM postroom.nodes WHERE node IS NOT NULL AND seen_at > now() - interval '1 minute'";

    private PostgresCopyStore(Database database, NpgsqlConnection connection, string place) =>
        (Database, Connection, Place) = (database, connection, place);

    public Database Database { get; }

    public NpgsqlConnection Connection { get; }

    public string Place { get; }

    public PostgresCopyRecords Records => new(this);

    /// <exception cref="PostgresStartException">
    /// The server cannot be reached, or cannot keep what is promised.
    /// </exception>
    public static async Task<PostgresCopyStore> OpenAsync(PostgresStoreOptions options, CancellationToken cancel)
    {
        var address = PostgresAddress.Read(options.ConnectionString);

        // A server that is gone is noticed, however long a statement may take.
        address.TcpKeepAlive = true;
        address.TcpKeepAliveTime = 30;
        address.TcpKeepAliveInterval = 10;
        Database? database = null;
        var schema = options.Schema == new PostgresStoreOptions { ConnectionString = "" }.Schema
            ? ""
            : $", schema {options.Schema}";
        try
        {
            database = await PostgresOpening.ConnectAsync(address, options.Schema, cancel);
            await ServerProbe.RunAsync(database, null, cancel);
            return new PostgresCopyStore(
                database, await database.Source.OpenConnectionAsync(cancel),
                $"postgres://{PostgresAddress.Place(address)}/{address.Database}{schema}");
        }
        catch (Exception failure)
        {
            await (database?.DisposeAsync() ?? default);
            throw Failures.Kind(failure) is null
                ? failure
                : new PostgresStartException(
                    $"The database {address.Database} on {PostgresAddress.Place(address)} cannot be opened: "
                    + failure.Message, failure);
        }
    }

    /// <summary>The step of the schema that the database is at: null for no schema.</summary>
    public int? SchemaStep() =>
        Scalar("SELECT to_regclass('postroom.migrations')::text") is null
            ? null
            : (int?)Scalar("SELECT max(number) FROM postroom.migrations");

    public Task MigrateAsync(CancellationToken cancel) =>
        SchemaMigrator.MigrateAsync(Database, Migrations.All, cancel);

    /// <exception cref="CopyRefusedException">A node runs, or ended a moment ago without saying so.</exception>
    public void RefuseNodes()
    {
        if (Scalar(Live) is long nodes and > 0)
        {
            throw new CopyRefusedException(
                $"{nodes} {(nodes == 1 ? "node runs" : "nodes run")} on {Place}. Stop all of them first; one that was "
                + "killed counts for a minute more.");
        }
    }

    public object? Scalar(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar() is var value && value is DBNull ? null : value;
    }

    public int Run(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public long Count(CopyTable table, CopyScope scope) => PostgresCopyRecords.Keeps(table)
        ? Records.Count(table)
        : (long)Scalar(PostgresCopyTables.Of(table).Count(scope))!;

    public ICopyRows Read(CopyTable table, ReadOnlySpan<byte> after, CopyScope scope) =>
        PostgresCopyRecords.Keeps(table)
            ? Records.Read(table, after)
            : new PostgresCopyRows(Database, Connection, table, after, scope);

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await Database.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(Database.Sql(sql), Connection) { CommandTimeout = 0 };
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
