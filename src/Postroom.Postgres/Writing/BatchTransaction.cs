using System.Globalization;
using Npgsql;
using Postroom.Postgres.Records;
using Postroom.Postgres.Statements;
using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Postgres.Writing;

/// <summary>
/// One transaction with all units of a batch. What is simply new is sent whole, in one round trip. All else goes step
/// by step: claim, read, judge, write, commit; those units are judged here, by the same pure function that is the
/// oracle of all engines, over rows that are locked until the end.
/// </summary>
internal sealed class BatchTransaction(
    Database database, RecordShapes shapes, WriterConnection writer, PostgresStoreOptions options, TimeProvider time)
{
    private readonly List<UnitOutcome> _outcomes = [];

    /// <summary>The batch's number, under which its end can be looked up.</summary>
    public Guid Batch { get; } = writer.NewBatch();

    /// <summary>True from the moment in which the commit may reach the server.</summary>
    public bool MayBeCommitted { get; private set; }

    /// <summary>How the units ended, in their order, provided that the batch was committed.</summary>
    public IReadOnlyList<UnitOutcome> Outcomes => _outcomes;

    /// <summary>
    /// Runs units that write what is new, in one round trip. The end of the batch is the end of its transaction:
    /// whatever fails in it leaves nothing behind, neither in the database nor on the connection.
    /// </summary>
    public async Task RunWholeAsync(FreshBatch fresh, int units)
    {
        var connection = await writer.OpenAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(writer.NoteAfterLast(Batch, Milliseconds(options.LockWait)));
        foreach (var command in FreshChanges.Of(database, fresh))
        {
            batch.BatchCommands.Add(command);
        }

        _outcomes.AddRange(Enumerable.Repeat(UnitOutcome.Committed, units));
        await CommitAsync(connection, batch);
    }

    /// <summary>Runs units without statements of the user's, step by step.</summary>
    /// <param name="units">The units in order.</param>
    /// <param name="careful">Whether rows of new entries are looked up before.</param>
    public async Task RunAsync(IReadOnlyList<PostUnit> units, bool careful)
    {
        var connection = await writer.OpenAsync();
        var touched = Touched.By(units, careful);
        var records = RecordBatch.Of(database, shapes, touched.Records);
        var claims = await BatchClaims.TakeAsync(database, connection, Begin("BEGIN"), touched, records);
        var facts = await BatchFacts.ReadAsync(database, connection, touched, claims, records);
        var after = facts.State;
        var now = Now();
        foreach (var unit in units)
        {
            (after, var outcome) = MemoryUnits.Commit(after, unit, now);
            _outcomes.Add(outcome);
        }

        // Where no unit changed anything, what was claimed for them goes with the transaction.
        await (ReferenceEquals(facts.State, after)
            ? writer.RollBackAsync().AsTask()
            : CommitAsync(connection, BatchChanges.Of(database, touched, claims, facts, after)));
    }

    /// <summary>
    /// Runs a unit with statements of the user's, alone and serialisable: what its queries saw is part of what it rests
    /// on.
    /// </summary>
    public async Task RunWithStatementsAsync(PostUnit unit)
    {
        var connection = await writer.OpenAsync();
        var touched = Touched.By([unit], careful: true);
        var records = RecordBatch.Of(database, shapes, touched.Records);
        var claims = await BatchClaims.TakeAsync(
            database, connection, Begin("BEGIN ISOLATION LEVEL SERIALIZABLE"), touched, records);
        var facts = await BatchFacts.ReadAsync(database, connection, touched, claims, records);
        var statements = new UserStatements(connection);
        var (guard, end) = await statements.JudgeAsync(unit.Guards);
        var ours = new PostUnit
        {
            Guards = [.. unit.Guards.Take(guard).Where(other => other is not QueryUnchanged)],
            Writes = [.. unit.Writes.Where(write => write is not RunStatement)],
        };
        var (after, outcome) = MemoryUnits.Commit(facts.State, ours, Now());
        if (outcome.Verdict == UnitVerdict.Committed)
        {
            outcome = end ?? outcome;
        }

        if (outcome.Verdict == UnitVerdict.Committed)
        {
            await SendAsync(connection, BatchChanges.Of(database, touched, claims, facts, after));
            outcome = await statements.RunAsync(unit.Writes) ?? outcome;
        }

        _outcomes.Add(outcome);
        if (outcome.Verdict != UnitVerdict.Committed)
        {
            await writer.RollBackAsync();
            return;
        }

        await CommitAsync(connection, []);
    }

    private NpgsqlBatchCommand[] Begin(string begin) =>
    [
        new NpgsqlBatchCommand(begin),
        new NpgsqlBatchCommand($"SET LOCAL lock_timeout = {Milliseconds(options.LockWait)}"),
        new NpgsqlBatchCommand(
            $"SET LOCAL idle_in_transaction_session_timeout = {Milliseconds(options.IdleWait)}"),
        writer.Note(Batch),
    ];

    private static string Milliseconds(TimeSpan time) =>
        ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private async Task CommitAsync(NpgsqlConnection connection, IReadOnlyList<NpgsqlBatchCommand> changes)
    {
        await using var batch = NewBatch(connection, changes);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await CommitAsync(connection, batch);
    }

    /// <summary>Sends the batch, at whose end the transaction is committed.</summary>
    private async Task CommitAsync(NpgsqlConnection connection, NpgsqlBatch batch)
    {
        var backend = connection.ProcessID;
        if (options.Fault is not null)
        {
            await options.Fault.BeforeCommitAsync(backend);
        }

        writer.HasWarned = false;
        MayBeCommitted = true;
        await batch.ExecuteNonQueryAsync();
        writer.Committed(Batch);
        if (options.Fault is not null)
        {
            await options.Fault.AfterCommitAsync(backend);
        }
    }

    private static async Task SendAsync(NpgsqlConnection connection, IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        if (commands.Count > 0)
        {
            await using var batch = NewBatch(connection, commands);
            await batch.ExecuteNonQueryAsync();
        }
    }

    private static NpgsqlBatch NewBatch(NpgsqlConnection connection, IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
