using Npgsql;
using Postroom.Postgres.Schema;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Copying;

/// <summary>
/// A database that is copied: one transaction that sees one moment. It holds the tables, so that a node that was frozen
/// writes nothing when it wakes, and the numbers of all nodes, so that none starts.
/// </summary>
internal sealed class PostgresCopySource : ICopySource
{
    private readonly PostgresCopyStore _store;
    private readonly NpgsqlTransaction _transaction;

    private PostgresCopySource(PostgresCopyStore store, NpgsqlTransaction transaction, byte[] secret) =>
        (_store, _transaction, Secret) = (store, transaction, secret);

    public string Place => _store.Place;

    public ReadOnlyMemory<byte> Secret { get; }

    /// <exception cref="PostgresStartException">There is no store, or it is of another version.</exception>
    /// <exception cref="CopyRefusedException">It is not at rest.</exception>
    public static async Task<PostgresCopySource> OpenAsync(PostgresStoreOptions options, CancellationToken cancel)
    {
        var store = await PostgresCopyStore.OpenAsync(options, cancel);
        try
        {
            Check(store);
            store.RefuseNodes();
            var resources = store.Records.Resources();
            var transaction = await store.Connection.BeginTransactionAsync(
                System.Data.IsolationLevel.RepeatableRead, cancel);
            Hold(store, resources);
            return store.Scalar("SELECT value FROM postroom.settings WHERE name = 'secret'") is byte[] secret
                ? new PostgresCopySource(store, transaction, secret)
                : throw new PostgresStartException($"The database {store.Place} holds no secret.");
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public long Count(CopyTable table, CopyScope scope) => _store.Count(table, scope);

    public ICopyRows Read(CopyTable table, ReadOnlySpan<byte> after, CopyScope scope) =>
        _store.Read(table, after, scope);

    // Where a program's statements look for their tables; with a role named as the schema that may be the store's own.
    public IReadOnlyList<string> Others() => _store.Scalar(
        "SELECT array_agg(tablename::text ORDER BY tablename) FROM pg_tables "
            + "WHERE schemaname = ANY (current_schemas(false) || $1::name) "
            + "AND (schemaname <> $1 OR tablename <> ALL ($2))",
        Parameters.Text(_store.Database.Schema),
        Parameters.Texts([
            .. PostgresCopyTables.All.Select(table => table.Table.Name), .. PostgresCopyTables.Derived,
            CopyTables.Changes.Name, .. _store.Records.Resources().Select(resource => resource.Name),
        ])) as string[] ?? [];

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static void Check(PostgresCopyStore store)
    {
        var known = Migrations.All[^1].Number;
        var step = store.SchemaStep() ?? throw new PostgresStartException($"There is no store in {store.Place}.");
        if (step != known)
        {
            throw new PostgresStartException(
                step < known
                    ? $"The store in {store.Place} is of an older Postroom. Start a node of this version once: it "
                        + "brings the schema up."
                    : $"The store in {store.Place} is of a newer Postroom. Use that version to copy it.");
        }

        if (store.Scalar($"SELECT value FROM postroom.settings WHERE name = '{CopyProgress.Name}'") is byte[] row
            && CopyProgress.Objection(row) is { } objection)
        {
            throw new CopyRefusedException($"{store.Place} cannot be copied. {objection}");
        }
    }

    // The locks come before the moment that the transaction sees, which begins with its first query.
    private static void Hold(PostgresCopyStore store, List<CopyResource> resources)
    {
        var tables = string.Join(", ", CopyTables.Compared.Except([CopyTables.Records])
            .Select(table => $"postroom.{table.Name}")
            .Concat(resources.Select(resource => $"postroom.\"{resource.Name}\"")));
        try
        {
            store.Run("SET LOCAL idle_in_transaction_session_timeout = 0");
            store.Run("SET LOCAL statement_timeout = 0");
            store.Run("SET LOCAL lock_timeout = '10s'");
            store.Run($"LOCK TABLE {tables} IN SHARE MODE");
            store.Run("SELECT FROM postroom.nodes ORDER BY number FOR UPDATE");
            store.RefuseNodes();
            if (!store.Records.Resources().SequenceEqual(resources))
            {
                throw new CopyRefusedException(
                    $"The tables of records in {store.Place} were changed just now. Stop all nodes, and try again.");
            }
        }
        catch (PostgresException failure) when (failure.SqlState
            is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.SerializationFailure)
        {
            throw new CopyRefusedException(
                $"Somebody writes to {store.Place}. Stop all nodes, and try again.", failure);
        }
    }
}
