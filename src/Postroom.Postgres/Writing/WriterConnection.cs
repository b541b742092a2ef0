using Npgsql;
using Postroom.Storage;

namespace Postroom.Postgres.Writing;

/// <summary>
/// The connection of one writer, opened again when it is lost, and its row in <c>writers</c>: each batch leaves its
/// number there in its own transaction, so that a commit whose end nobody heard of can be looked up.
/// </summary>
internal sealed class WriterConnection(Database database, EntropySource entropy) : IAsyncDisposable
{
    private const string Mark = """
        INSERT INTO postroom.writers AS w (writer, batch) VALUES ($1, $2)
        ON CONFLICT (writer) DO UPDATE SET batch = excluded.batch, at = now()
        """;

    // A batch that is sent whole must not run when it is read from a socket long after its end was looked up. So it
    // says which batch was the last; where that is no longer so, the division fails and the rest with it.
    private const string MarkAfter = """
        WITH noted AS (
          UPDATE postroom.writers SET batch = $2, at = now() WHERE writer = $1 AND batch = $3 RETURNING 1)
        SELECT 1 / count(*), set_config('lock_timeout', $4, true) FROM noted
        """;

    // It waits for the lost transaction where that is not over yet, and its own commit waits for whatever stable
    // storage means here, standbys included: what it then tells is on them. Where the batch was not committed, the
    // number that takes its place keeps it from ever being.
    private const string Look = """
        INSERT INTO postroom.writers AS w (writer, batch) VALUES ($1, $2)
        ON CONFLICT (writer) DO UPDATE
        SET batch = CASE WHEN w.batch = $3 THEN w.batch ELSE excluded.batch END, at = now()
        RETURNING batch
        """;

    private readonly Guid _writer = NewUuid(entropy);
    private NpgsqlConnection? _connection;
    private Guid? _last;

    /// <summary>The open connection; opens it where there is none.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync()
    {
        if (_connection is null)
        {
            var connection = await database.Source.OpenConnectionAsync();
            connection.Notice += (_, notice) =>
                HasWarned |= notice.Notice.InvariantSeverity == "WARNING";
            _connection = connection;
        }

        return _connection;
    }

    /// <summary>
    /// Whether the server has warned since this was set to false: at a commit it says so that a standby was not waited
    /// for.
    /// </summary>
    public bool HasWarned { get; set; }

    /// <summary>True when the batch that was committed last is known, so that one can be sent whole after it.</summary>
    public bool KnowsLast => _last is not null;

    /// <summary>A number for a batch.</summary>
    public Guid NewBatch() => NewUuid(entropy);

    /// <summary>
    /// Notes the batch, first of all that its transaction does, so that whoever looks waits for its end.
    /// </summary>
    public NpgsqlBatchCommand Note(Guid batch) =>
        database.Command(Mark, Parameters.Uuid(_writer), Parameters.Uuid(batch));

    /// <summary>
    /// Notes the batch and sets how long its statements wait for a lock; it fails unless the batch follows the one that
    /// is known to be the last.
    /// </summary>
    public NpgsqlBatchCommand NoteAfterLast(Guid batch, string lockWait) => database.Command(
        MarkAfter,
        Parameters.Uuid(_writer),
        Parameters.Uuid(batch),
        Parameters.Uuid(_last ?? throw new InvalidOperationException("Nobody knows which batch was the last.")),
        Parameters.Text(lockWait));

    /// <summary>Says that the batch was committed.</summary>
    public void Committed(Guid batch) => _last = batch;

    /// <summary>True when the batch was committed, false when it never will be.</summary>
    public async ValueTask<bool> WasCommittedAsync(Guid batch)
    {
        await using var command = database.Source.CreateCommand(database.Sql(Look));
        command.Parameters.Add(Parameters.Uuid(_writer));
        command.Parameters.Add(Parameters.Uuid(NewBatch()));
        command.Parameters.Add(Parameters.Uuid(batch));
        _last = (Guid)(await command.ExecuteScalarAsync())!;
        return _last == batch;
    }

    /// <summary>Ends the transaction without a trace; a connection that cannot do that is dropped.</summary>
    public async ValueTask RollBackAsync()
    {
        try
        {
            if (_connection is not null)
            {
                await using var command = new NpgsqlCommand("ROLLBACK", _connection);
                await command.ExecuteNonQueryAsync();
            }
        }
        catch (Exception failure) when (Failures.Kind(failure) is not null)
        {
            await DropAsync();
        }
    }

    /// <summary>Lets go of a connection that failed.</summary>
    public async ValueTask DropAsync()
    {
        _last = null;
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
            database.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        try
        {
            await database.ExecuteAsync(
                "DELETE FROM postroom.writers WHERE writer = $1", CancellationToken.None, Parameters.Uuid(_writer));
        }
        catch (Exception failure) when (Failures.Kind(failure) is not null)
        {
            // A purge removes what is left of writers that are gone.
        }
    }

    private static Guid NewUuid(EntropySource entropy) =>
        Uuids.Of(new KeyHash(entropy.NextUInt64(), entropy.NextUInt64()));
}
