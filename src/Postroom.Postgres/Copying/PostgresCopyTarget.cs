using Npgsql;
using Postroom.Postgres.Schema;
using Postroom.Postgres.Writing;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Copying;

/// <summary>A database that becomes a copy. Nodes do not start on it until the copy is finished.</summary>
internal sealed class PostgresCopyTarget : ICopyTarget
{
    // Only over what this process wrote or found last: of two copies into one database, the second to write ends.
    private const string Save =
        $"UPDATE postroom.settings SET value = $2 WHERE name = '{CopyProgress.Name}' AND value = $1";

    // What all callers of an endpoint take stands under an empty name, which no caller has beside it.
    private const string Usage = """
        INSERT INTO postroom.upload_usage
        SELECT endpoint, caller, sum(bytes), count(*) FILTER (WHERE state = 0) FROM postroom.uploads GROUP BY 1, 2
        UNION ALL
        SELECT endpoint, '', sum(bytes), count(*) FILTER (WHERE state = 0) FROM postroom.uploads GROUP BY 1
        """;

    private readonly PostgresCopyStore _store;
    private byte[]? _saved;

    private PostgresCopyTarget(PostgresCopyStore store)
    {
        _store = store;
        _saved = store.Scalar($"SELECT value FROM postroom.settings WHERE name = '{CopyProgress.Name}'") as byte[];
        Progress = _saved is null ? null : CopyProgress.Read(_saved);
    }

    public string Place => _store.Place;

    public CopyProgress? Progress { get; private set; }

    /// <summary>Makes the schema where there is none.</summary>
    /// <exception cref="PostgresStartException">It cannot be opened, or is of another version.</exception>
    public static async Task<PostgresCopyTarget> OpenAsync(PostgresStoreOptions options, CancellationToken cancel)
    {
        var store = await PostgresCopyStore.OpenAsync(options, cancel);
        try
        {
            var known = Migrations.All[^1].Number;
            if (store.SchemaStep() is { } step && step != known)
            {
                throw new PostgresStartException(
                    $"The schema in {store.Place} is of {(step < known ? "an older" : "a newer")} Postroom. Nothing "
                    + "was changed. Copy into a database without one.");
            }

            await store.MigrateAsync(cancel);
            return new PostgresCopyTarget(store);
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

    public bool HasRows(CopyTable table) => PostgresCopyRecords.Keeps(table)
        ? _store.Records.Count(table) > 0
        : _store.Scalar($"SELECT 1 FROM postroom.{table.Name} LIMIT 1") is not null;

    // A node that starts now takes its number first and looks for the copy then; here it is the other way round, so one
    // of both sees the other.
    public void Begin(CopyProgress progress)
    {
        _store.RefuseNodes();
        var row = progress.Write();
        _store.Run($"INSERT INTO postroom.settings VALUES ('{CopyProgress.Name}', $1)", Parameters.Bytea(row));
        try
        {
            _store.RefuseNodes();
        }
        catch (CopyRefusedException)
        {
            _store.Run($"DELETE FROM postroom.settings WHERE name = '{CopyProgress.Name}'");
            throw;
        }

        (_saved, Progress) = (row, progress);
    }

    public void Write(CopyTable table, CopySlice slice, CopyProgress progress) => InTransaction(
        $"rows of {table.Name}",
        progress,
        () =>
        {
            if (Progress!.Step is null)
            {
                // What a node that was tried here has left gives way in the transaction that brings the other secret.
                _store.Run($"DELETE FROM postroom.settings WHERE name <> '{CopyProgress.Name}'");
                _store.Records.Remove();
            }

            if (table == CopyTables.Resources)
            {
                _store.Records.Make(slice);
                return;
            }

            if (PostgresCopyRecords.Keeps(table))
            {
                _store.Records.Insert(table, slice);
                return;
            }

            var kept = PostgresCopyTables.Of(table);
            SetTrigger(kept, "DISABLE");
            using (var import = _store.Connection.BeginBinaryImport(_store.Database.Sql(kept.Insert())))
            {
                Write(import, table, slice);
                import.Complete();
            }

            SetTrigger(kept, "ENABLE");
        });

    public void Write(CopyProgress progress) => InTransaction("how far the copy is", progress, () => { });

    public void Derive(CopyScope scope)
    {
        InTransaction("what follows from the rows", Progress!, () =>
        {
            _store.Run("DELETE FROM postroom.keys");
            _store.Run(
                "INSERT INTO postroom.keys SELECT DISTINCT ON (key) key, row, expires_at FROM postroom.entries "
                    + "WHERE key IS NOT NULL AND expires_at > $1 ORDER BY key, row DESC",
                Parameters.Long(scope.Now));
            _store.Run(scope.Fill("DELETE FROM postroom.uploads WHERE state = 0 AND @files_move"));
            _store.Run("DELETE FROM postroom.upload_usage");
            _store.Run(Usage);
            _store.Records.Derive();
            _store.Scalar(
                "SELECT setval(pg_get_serial_sequence('postroom.jobs', 'number'), coalesce(max(number), 1), "
                    + "max(number) IS NOT NULL) FROM postroom.jobs");
        });
        foreach (var table in CopyTables.Compared.Except([CopyTables.Records]).Select(table => table.Name)
            .Concat(_store.Records.Resources().Select(resource => resource.Name)))
        {
            _store.Run($"ANALYZE postroom.\"{table}\"");
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static void Write(NpgsqlBinaryImporter import, CopyTable table, CopySlice slice)
    {
        var fields = slice.Fields();
        while (fields.Rest > 0)
        {
            import.StartRow();
            foreach (var column in table.Columns)
            {
                fields.Next();
                PostgresCopyImport.Write(import, column.Kind, fields);
            }
        }
    }

    private void SetTrigger(PostgresCopyTable table, string to)
    {
        if (table.Trigger is { } trigger)
        {
            _store.Run($"ALTER TABLE postroom.{table.Table.Name} {to} TRIGGER {trigger}");
        }
    }

    private void InTransaction(string what, CopyProgress progress, Action write)
    {
        var row = progress.Write();
        try
        {
            using var transaction = _store.Connection.BeginTransaction();
            write();
            if (_store.Run(Save, Parameters.Bytea(_saved!), Parameters.Bytea(row)) == 0)
            {
                throw new CopyRefusedException($"Another copy writes to {Place}. This one ends.");
            }

            transaction.Commit();
            (_saved, Progress) = (row, progress);
        }
        catch (Exception failure) when (Failures.Kind(failure) is { } kind)
        {
            throw new CopyRefusedException(Say(what, kind, failure), failure);
        }
    }

    private string Say(string what, FailureKind kind, Exception failure) => kind switch
    {
        FailureKind.Full => $"The disk of {Place} is full. Make space and run the same command again: it goes on where "
            + "it stopped.",
        FailureKind.Rejected
            when failure is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } =>
            $"{Place} does not take {what}: a text there holds U+0000 or what is no UTF-8. {failure.Message}",
        FailureKind.Rejected => $"{Place} does not take {what}: {failure.Message}",
        _ => $"{Place} could not be written: {failure.Message} Run the same command again: it goes on where it "
            + "stopped.",
    };
}
