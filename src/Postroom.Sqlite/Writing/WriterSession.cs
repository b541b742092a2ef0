using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Keys;
using Postroom.Sqlite.Records;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Writing;

/// <summary>
/// The one connection that writes, with its statements and what it keeps in memory in step with them.
/// </summary>
internal sealed class WriterSession : IDisposable
{
    private const string Savepoint = "unit";

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly UserStatements _statements;
    private readonly EntrySpans _spans;
    private readonly TokenTable _tokens;
    private readonly CountTable _counts;
    private readonly UploadTable _uploads;
    private readonly KeyIndex _keys;
    private readonly GuardJudge _judge;
    private long _now;

    public WriterSession(SqliteConnection connection, KeyIndex keys, TimeProvider time, long statementStepsMax)
    {
        _connection = connection;
        _time = time;
        _keys = keys;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _rollback = connection.Prepare("ROLLBACK");
        _spans = new EntrySpans(connection);
        Entries = new EntryTable(connection, keys, _spans);
        Jobs = new JobTable(connection);
        _tokens = new TokenTable(connection);
        _counts = new CountTable(connection);
        _uploads = new UploadTable(connection);
        _statements = new UserStatements(connection, statementStepsMax);
        Records = new RecordTables(connection);
        _judge = new GuardJudge(Entries, Jobs, _tokens, _counts, _uploads, _statements, new RecordJudge(Records));
        Records.Publish();
    }

    public EntryTable Entries { get; }

    public JobTable Jobs { get; }

    public RecordTables Records { get; }

    public TokenTable Tokens => _tokens;

    public EntrySpans Spans => _spans;

    /// <summary>When the transaction began, in Unix milliseconds.</summary>
    public long Now => _now;

    /// <summary>True when the engine ended the transaction on its own.</summary>
    public bool IsTransactionLost => _connection.IsAutocommit;

    /// <summary>Makes the user's tables, all of them or none.</summary>
    /// <exception cref="StoreStartException">A statement failed, or touches what is not the user's.</exception>
    public void Define(IReadOnlyList<string> statements)
    {
        Begin();
        foreach (var statement in statements)
        {
            try
            {
                _statements.Define(statement);
            }
            catch (StatementFailedException failure)
            {
                throw new StoreStartException(
                    $"A statement that makes your tables failed: {failure.Message}. It was: {statement}", failure);
            }
        }

        Commit(fault: null);
    }

    public void Begin()
    {
        _now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _begin.Run();
    }

    /// <summary>Flushes the sums and commits, through the fsync.</summary>
    public void Commit(IStoreFault? fault)
    {
        _spans.Flush();
        if (_keys.LateRow is { } row)
        {
            GenerationTable.RecordLate(_connection, row);
        }

        if (fault?.AtCommit() is { } code and not 0)
        {
            throw new SqliteException(code, "A fault that was asked for.");
        }

        _commit.Run();
        _keys.Commit();
        Jobs.Commit();
        Records.Commit();
    }

    /// <summary>Ends the transaction without effect, in the file and in memory.</summary>
    public void Rollback()
    {
        if (!_connection.IsAutocommit)
        {
            _rollback.Run();
        }

        _spans.Forget();
        _keys.Rollback();
        Jobs.Rollback();
        Records.Rollback();
    }

    /// <summary>Records that a generation's file is on the disk.</summary>
    public GenerationFacts RecordGeneration(GenerationFacts facts)
    {
        GenerationTable.Record(_connection, facts, _keys.Recorded(facts));
        return facts;
    }

    /// <summary>Records that all keys of a generation have ended.</summary>
    public GenerationFacts DropGeneration(GenerationFacts facts)
    {
        GenerationTable.Drop(_connection, facts.Number);
        return facts;
    }

    /// <summary>
    /// Whether pages that become free are overwritten as well, until told otherwise; it costs a write for each of them.
    /// </summary>
    public void OverwritesAll(bool all) =>
        _connection.Execute(all ? "PRAGMA secure_delete=ON" : "PRAGMA secure_delete=FAST");

    /// <summary>
    /// Makes a table of records, or what is new of it; one without rows is ready with that. The indexes that are still
    /// to be made.
    /// </summary>
    public IReadOnlyList<ShapeIndex> ExtendRecords(RecordTable table)
    {
        RecordSteps.Extend(Records, table);
        RecordSteps.Search(Records, table);
        var missing = RecordSteps.Missing(Records, table, _connection);
        if (missing.Count == 0 || Records.Of(table).HasRows)
        {
            return missing;
        }

        foreach (var index in missing)
        {
            RecordSteps.Build(Records, index);
        }

        return [];
    }

    /// <summary>Ends what a table of records has and its declaration no longer needs.</summary>
    public void SettleRecords(RecordTable table) => RecordSteps.Settle(Records, table, _connection);

    /// <summary>After a failure of the disk: closing the file must leave it as it is.</summary>
    public void ForbidCheckpointOnClose() => _connection.CheckpointOnClose(false);

    /// <summary>Judges a unit and, when its guards hold, writes it.</summary>
    /// <exception cref="StatementFailedException">A statement of the user's took the whole transaction with
    /// it.</exception>
    public UnitOutcome Run(PostUnit unit)
    {
        for (var i = 0; i < unit.Guards.Count; i++)
        {
            if (_judge.Judge(unit.Guards[i]) is { } refusal)
            {
                return refusal;
            }
        }

        if (RunStatements(unit.Writes) is { } failure)
        {
            return failure;
        }

        for (var i = 0; i < unit.Writes.Count; i++)
        {
            Write(unit.Writes[i]);
        }

        return UnitOutcome.Committed;
    }

    public void Dispose()
    {
        _statements.Dispose();
        Entries.Dispose();
        Jobs.Dispose();
        Records.Dispose();
        _tokens.Dispose();
        _counts.Dispose();
        _uploads.Dispose();
        _spans.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
    }

    private void Write(Write write)
    {
        switch (write)
        {
            case InsertEntry insert:
                Entries.Insert(insert.Entry);
                break;
            case SetEntryState set:
                Entries.SetState(set);
                break;
            case DeleteEntry delete when Entries.Find(delete.Id) is { } facts:
                Entries.Delete(facts, delete.KeepKey);
                Jobs.DeleteOf(delete.Id.Row);
                break;
            case InsertJob job:
                Jobs.Insert(job, _now);
                break;
            case SettleJob settle:
                Jobs.Settle(settle, _now);
                break;
            case UseToken use:
                _tokens.Use(use);
                break;
            case ClaimValue claim:
                Entries.Claim(claim);
                break;
            case CountEntry count:
                _counts.Add(count);
                break;
            case InsertUpload insert:
                _uploads.Insert(insert.Upload);
                break;
            case SetUpload set:
                _uploads.Set(set.Upload);
                break;
            case DeleteUpload delete:
                _uploads.Delete(delete.Id);
                break;
            case InsertRecord insert:
                Records.Of(insert.Table).Insert(insert.Table, insert.Record, _now);
                break;
            case ReplaceRecord replace:
                Records.Of(replace.Table).Replace(replace.Table, replace.Record, _now);
                break;
            case DeleteRecord delete:
                Records.Of(delete.Table).Delete(delete.Id, _now);
                break;
        }
    }

    // They come before the unit's own writes, so that undoing them leaves nothing of ours to undo in memory.
    private UnitOutcome? RunStatements(IReadOnlyList<Write> writes)
    {
        var begun = false;
        for (var i = 0; i < writes.Count; i++)
        {
            if (writes[i] is not RunStatement run)
            {
                continue;
            }

            if (!begun)
            {
                _connection.Execute($"SAVEPOINT {Savepoint}");
                begun = true;
            }

            try
            {
                _statements.Run(run.Statement);
            }
            catch (StatementFailedException failure) when (!_connection.IsAutocommit)
            {
                _connection.Execute($"ROLLBACK TO {Savepoint}; RELEASE {Savepoint}");
                return new UnitOutcome(UnitVerdict.Failed, Error: failure.Message);
            }
        }

        if (begun)
        {
            _connection.Execute($"RELEASE {Savepoint}");
        }

        return null;
    }
}
