using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Postroom.Postgres.Records;
using Postroom.Storage;

namespace Postroom.Postgres.Writing;

/// <summary>
/// Has a batch committed whatever comes between: a batch that cannot be committed as it is is split and run again, down
/// to one unit, so that no unit answers for another; a commit whose end was lost is looked up, and never called failed.
/// </summary>
internal sealed class BatchRunner(
    Database database, RecordShapes shapes, PostgresStoreOptions options, TimeProvider time, EntropySource entropy,
    ILogger logger)
    : IAsyncDisposable
{
    private const int AttemptsMax = 6;
    private const int StatementAttemptsMax = 50;
    private const int LastAttempt = int.MaxValue;
    private readonly WriterConnection _writer = new(database, entropy);
    private readonly SleepingWriters _sleeping = new(database, options.IdleWait, logger);

    public async Task RunAsync(IReadOnlyList<UnitWork> works)
    {
        var careful = false;
        var fresh = _writer.KnowsLast ? FreshBatch.Of(works, time.GetUtcNow().ToUnixTimeMilliseconds()) : null;
        var since = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var transaction = new BatchTransaction(database, shapes, _writer, options, time);
            var failure = await TryAsync(transaction, works, fresh, careful);
            if (failure is null)
            {
                End(works, transaction);
                return;
            }

            if (Failures.Kind(failure) is not { } kind)
            {
                // What it claimed is still open, and would be committed by the next batch on this connection.
                await _writer.DropAsync();
                throw new InvalidOperationException("A batch met what is no failure of the database.", failure);
            }

            if (kind == FailureKind.Lost)
            {
                await _writer.DropAsync();
                var isCommitted = transaction.MayBeCommitted ? await LookAsync(transaction.Batch, failure) : false;
                if (isCommitted is not false)
                {
                    EndLost(works, transaction, isCommitted is true);
                    return;
                }
            }
            else if (fresh is null)
            {
                await GiveUpAsync(failure);
            }

            if (failure is RecordsReshapedException)
            {
                await TryReloadAsync();
            }

            if (fresh is not null)
            {
                Log.NotNew(logger, works.Count, failure.Message);
                fresh = null;
                continue;
            }

            var isFirstCollision = kind == FailureKind.Collision && !careful;
            careful |= kind == FailureKind.Collision;
            if (kind != FailureKind.Lost && !isFirstCollision && works.Count > 1)
            {
                Log.BatchSplit(logger, works.Count, failure.Message);
                await RunAsync([.. works.Take(works.Count / 2)]);
                await RunAsync([.. works.Skip(works.Count / 2)]);
                return;
            }

            var isLate = kind == FailureKind.Lost && Stopwatch.GetElapsedTime(since) > options.QueueWait;
            if (!isFirstCollision && OutcomeOf(kind, failure, isLate ? LastAttempt : attempt, works) is { } outcome)
            {
                End(works, outcome);
                return;
            }

            await PauseAsync(kind, attempt);
        }
    }

    private async Task TryReloadAsync()
    {
        try
        {
            await shapes.ReloadAsync(CancellationToken.None);
        }
        catch (Exception failure) when (Failures.Kind(failure) is not null)
        {
            // The next attempt finds the same again.
        }
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static async Task<Exception?> TryAsync(
        BatchTransaction transaction, IReadOnlyList<UnitWork> works, FreshBatch? fresh, bool careful)
    {
        try
        {
            await (fresh is not null ? transaction.RunWholeAsync(fresh, works.Count)
                : works is [{ HasStatements: true } alone] ? transaction.RunWithStatementsAsync(alone.Unit)
                : transaction.RunAsync([.. works.Select(work => work.Unit)], careful));
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    /// <summary>Ends the transaction, and those of nodes that stand still where a row was not to be had.</summary>
    private async Task GiveUpAsync(Exception failure)
    {
        await _writer.RollBackAsync();
        if (failure is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            await _sleeping.EndAsync();
        }
    }

    /// <summary>How a batch ends that is not tried again; null for once more.</summary>
    private static UnitOutcome? OutcomeOf(
        FailureKind kind, Exception failure, int attempt, IReadOnlyList<UnitWork> works) => kind switch
    {
        FailureKind.Full => UnitOutcome.Full,
        FailureKind.Rejected or FailureKind.Collision => new UnitOutcome(UnitVerdict.Failed, Error: failure.Message),
        _ when attempt < (works[0].HasStatements ? StatementAttemptsMax : AttemptsMax) => null,
        _ => UnitOutcome.Busy,
    };

    // Times between attempts are the machine's, not those of the injected clock: they pace the network.
    private async Task PauseAsync(FailureKind kind, int attempt)
    {
        if (kind is FailureKind.Lost or FailureKind.Conflict && attempt > 1)
        {
            var most = Math.Min(1 << attempt, 256);
            await Task.Delay(1 + (int)(entropy.NextUInt64() % (ulong)most));
        }
    }

    /// <summary>True when the batch was committed, false when not, null when nobody could say in time.</summary>
    private async Task<bool?> LookAsync(Guid batch, Exception failure)
    {
        Log.EndLost(logger, failure);
        var since = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _writer.WasCommittedAsync(batch);
            }
            catch (Exception again) when (Failures.Kind(again) is not null)
            {
                if (Stopwatch.GetElapsedTime(since) > options.ResolveWait)
                {
                    return null;
                }

                database.Clear();
                await PauseAsync(FailureKind.Lost, attempt + 1);
            }
        }
    }

    private void EndLost(IReadOnlyList<UnitWork> works, BatchTransaction transaction, bool isCommitted)
    {
        if (isCommitted)
        {
            End(works, transaction);
            return;
        }

        Log.EndUnknown(logger, works.Count);
        End(works, UnitOutcome.Unknown);
    }

    private void End(IReadOnlyList<UnitWork> works, BatchTransaction transaction)
    {
        if (transaction.MayBeCommitted && _writer.HasWarned)
        {
            Log.StandbyMissed(logger, works.Count);
            End(works, UnitOutcome.Unknown);
            return;
        }

        for (var i = 0; i < works.Count; i++)
        {
            works[i].TryEnd(transaction.Outcomes[i]);
        }

        Callers.Tell(works);
    }

    private static void End(IReadOnlyList<UnitWork> works, UnitOutcome outcome)
    {
        foreach (var work in works)
        {
            work.TryEnd(outcome);
        }

        Callers.Tell(works);
    }
}
