using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>
/// Brings the works of a batch to their ends in as few commits as the disk and the works allow: mostly one.
/// </summary>
internal sealed class BatchRunner(WriterSession session, IStoreProbe? probe, IStoreFault? fault)
{
    /// <summary>Makes room in the log when the disk is full; the writer sets it.</summary>
    public Action? OnFull { get; set; }

    /// <summary>Runs the works.</summary>
    /// <exception cref="SqliteException">The disk failed: the ends of these works are unknown.</exception>
    public void Run(ReadOnlySpan<Work?> works)
    {
        while (Attempt(works) is { } trouble)
        {
            if (SqliteCodes.IsBusy(trouble.Code))
            {
                Settle(works, UnitOutcome.Busy);
                return;
            }

            OnFullOnce(trouble);
            if (works.Length > 1)
            {
                // Which of them does not fit is found by halving; those before and after it are committed.
                Run(works[..(works.Length / 2)]);
                works = works[(works.Length / 2)..];
            }
            else
            {
                Settle(works, SqliteCodes.IsFull(trouble.Code)
                    ? UnitOutcome.Full
                    : new UnitOutcome(UnitVerdict.Failed, Error: trouble.EngineMessage));
                return;
            }
        }
    }

    private void OnFullOnce(SqliteException trouble)
    {
        if (SqliteCodes.IsFull(trouble.Code))
        {
            OnFull?.Invoke();
        }
    }

    /// <summary>
    /// One transaction over what is not settled. Null when that is done, else what the batch as a whole met.
    /// </summary>
    private SqliteException? Attempt(ReadOnlySpan<Work?> works)
    {
        while (true)
        {
            Work? current = null;
            try
            {
                session.Begin();
                probe?.Reached(StorePoints.BatchBegun);
                foreach (var work in works)
                {
                    current = work;
                    if (work is { IsSettled: false })
                    {
                        work.Execute(session);
                    }
                }

                current = null;
                probe?.Reached(StorePoints.BeforeCommit);
                session.Commit(fault);
                probe?.Reached(StorePoints.AfterCommit);
                return null;
            }
            catch (Exception failure) when (failure is not SqliteException && current is not null)
            {
                // A statement of the user's that took the transaction with it, or a bug met with this work.
                session.Rollback();
                current.Settle(new UnitOutcome(UnitVerdict.Failed, Error: failure.Message));
            }
            catch (SqliteException failure) when (!SqliteCodes.IsBroken(failure.Code))
            {
                session.Rollback();
                if (current is null || SqliteCodes.IsOfTheDisk(failure.Code))
                {
                    return failure;
                }

                // Something of its own, such as a row that is there already: the others need not know.
                current.Settle(new UnitOutcome(UnitVerdict.Failed, Error: failure.EngineMessage));
            }
        }
    }

    private static void Settle(ReadOnlySpan<Work?> works, UnitOutcome outcome)
    {
        foreach (var work in works)
        {
            if (work is { IsSettled: false })
            {
                work.Settle(outcome);
            }
        }
    }
}
