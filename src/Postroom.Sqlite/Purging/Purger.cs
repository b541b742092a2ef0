using Postroom.Sqlite.Keys;
using Postroom.Sqlite.Reading;
using Postroom.Sqlite.Records;
using Postroom.Sqlite.Writing;
using Postroom.Storage;

namespace Postroom.Sqlite.Purging;

/// <summary>
/// Clears what has ended: finds it on a reader, and has the writer clear it slice by slice between other units.
/// </summary>
internal sealed class Purger(ReaderPool readers, StoreWriter writer, KeyIndex keys, RecordTables tables, string folder)
{
    private readonly PurgeReads _reads = new(readers);

    /// <summary>Clears until nothing is left, the writer takes no more, or it is cancelled.</summary>
    public async Task<PurgeReport> RunAsync(PurgeOrder order, CancellationToken cancel)
    {
        var answers = await ClearAnswersAsync(order, cancel);
        var aged = await DeleteByAgeAsync(order, cancel);
        var sized = await DeleteBySizeAsync(order, cancel);
        var jobs = await InSlicesAsync(
            0,
            after => _reads.JobsDone(after, order.JobsDoneBefore, order.Slice),
            (session, numbers) => PurgeWrites.DeleteJobs(session, numbers, order.JobsDoneBefore),
            cancel);
        var tokens = await DeleteTokensAsync(order, cancel);
        await DropGenerationsAsync(order.Now);
        var records = await EndHoldsAsync(order, cancel);
        await OfRecordsAsync((rows, _) => rows.ForgetChanges(order.ChangesBefore, order.Slice), order.Slice, cancel);
        return new PurgeReport(answers, aged + sized, jobs, tokens, records);
    }

    private async Task<long> ClearAnswersAsync(PurgeOrder order, CancellationToken cancel)
    {
        var cleared = 0L;
        foreach (var span in _reads.SpansExpired(order.Now))
        {
            cleared += await OverSpanAsync(
                span,
                after => _reads.RowsExpired(span, after, order.Now, order.Slice),
                (session, rows) => PurgeWrites.ClearExpired(session, rows, order.Now),
                cancel);
        }

        return cleared;
    }

    private async Task<long> DeleteByAgeAsync(PurgeOrder order, CancellationToken cancel)
    {
        var deleted = 0L;
        foreach (var (endpoint, before) in order.DeleteBefore)
        {
            foreach (var span in _reads.SpansBefore(endpoint, before))
            {
                deleted += await OverSpanAsync(
                    span,
                    after => _reads.RowsBefore(span, after, before, order.Slice),
                    (session, rows) => PurgeWrites.Delete(session, rows, order.Now),
                    cancel,
                    done => TellOfFiles(done, order));
            }
        }

        return deleted;
    }

    private async Task<long> DeleteBySizeAsync(PurgeOrder order, CancellationToken cancel)
    {
        if (order.BytesMax is not { } max)
        {
            return 0;
        }

        var excess = _reads.TotalBytes() - max;
        return await InSlicesAsync(
            0,
            after => excess > 0 ? _reads.RowsToSpare(after, order.Now, order.Slice) : [],
            (session, rows) => PurgeWrites.DeleteForSpace(session, rows, order.Now, excess),
            cancel,
            done =>
            {
                excess -= done.Bytes;
                TellOfFiles(done, order);
            });
    }

    private static void TellOfFiles(PurgeTally done, PurgeOrder order)
    {
        foreach (var file in done.Files)
        {
            order.FileRemoved?.Invoke(file);
        }
    }

    private async Task<long> DeleteTokensAsync(PurgeOrder order, CancellationToken cancel)
    {
        var deleted = 0L;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var tally = await writer.RunAsync(
                session => new PurgeTally(session.Tokens.Purge(order.Now, order.Slice)));
            deleted += tally?.Rows ?? 0;
            if (tally is null || tally.Rows < order.Slice)
            {
                return deleted;
            }
        }
    }

    private Task<long> EndHoldsAsync(PurgeOrder order, CancellationToken cancel) => OfRecordsAsync(
        (rows, now) => rows.EndHolds(order.HoldsEndedBefore, order.Slice, now), order.Slice, cancel);

    private async Task<long> OfRecordsAsync(Func<RecordRows, long, int> clear, int slice, CancellationToken cancel)
    {
        var cleared = 0L;
        foreach (var shape in tables.Shapes.Values)
        {
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                var tally = await writer.RunAsync(session => new PurgeTally(
                    session.Records.Find(shape.Endpoint) is { } rows ? clear(rows, session.Now) : 0));
                cleared += tally?.Rows ?? 0;
                if (tally is null || tally.Rows < slice)
                {
                    break;
                }
            }
        }

        return cleared;
    }

    private async Task DropGenerationsAsync(long now)
    {
        foreach (var ended in keys.Older.OfType<SealedKeys>().Where(older => older.Facts.NewestExpiry <= now))
        {
            if (await writer.RunAsync(session => session.DropGeneration(ended.Facts)) is not null)
            {
                keys.Replace(ended, null);
                ended.Dispose();
                File.Delete(KeyFile.Path(folder, ended.Facts.Number));
            }
        }
    }

    /// <summary>Goes through a span, and then sets its bounds to what is left.</summary>
    private async Task<long> OverSpanAsync(
        SpanName span,
        Func<long, List<long>> find,
        Func<WriterSession, List<long>, PurgeTally> clear,
        CancellationToken cancel,
        Action<PurgeTally>? done = null)
    {
        var cleared = await InSlicesAsync(span.FirstRow - 1, find, clear, cancel, done);

        // The version is asked for before the pass that finds the bounds, so that an arrival in between keeps them low.
        var version = await writer.RunAsync(session => session.Spans.Version(span.Number, span.Endpoint));
        if (version is not null)
        {
            var (oldest, nextExpiry) = _reads.Bounds(span);
            await writer.RunAsync(session => session.Spans.Bound(version, oldest, nextExpiry));
        }

        return cleared;
    }

    private async Task<long> InSlicesAsync(
        long after,
        Func<long, List<long>> find,
        Func<WriterSession, List<long>, PurgeTally> clear,
        CancellationToken cancel,
        Action<PurgeTally>? cleared = null)
    {
        var total = 0L;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var rows = find(after);
            if (rows.Count == 0 || await writer.RunAsync(session => clear(session, rows)) is not { } tally)
            {
                return total;
            }

            total += tally.Rows;
            cleared?.Invoke(tally);
            after = rows[^1];
        }
    }
}
