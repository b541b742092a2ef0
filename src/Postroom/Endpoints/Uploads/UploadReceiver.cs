using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Parsing;
using Postroom.Parsing.Uploads;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>
/// Brings the bytes of one request to the file of an upload, and the offset to its row once they are durable. Whatever
/// came before the request broke is kept, unless the request says that its bytes count together or not at all.
/// </summary>
internal sealed class UploadReceiver(UploadStore uploads, IFileStore files, UploadHashes hashes)
{
    /// <summary>
    /// So many bytes are acknowledged while a request goes on, so that a crash costs no more of a large one.
    /// </summary>
    private const long AcknowledgedEach = 256L * 1024 * 1024;

    public async ValueTask<UploadProgress> ReceiveAsync(
        PostExchange exchange, Upload upload, UploadPiece piece, UploadTurn turn)
    {
        var (held, fault) = await uploads.TakeAsync(upload, turn.IsAlone, holds: true);
        if (held is null)
        {
            return new UploadProgress(upload, fault);
        }

        FileAppender appender;
        try
        {
            appender = await OnDiskAsync(() => files.ResumeAsync(held.File));
        }
        catch (FileNotFoundException)
        {
            await uploads.CancelAsync(held, null);
            return new UploadProgress(held with { State = UploadState.Cancelled }, UploadFaults.Gone);
        }
        catch (StorageFullException)
        {
            return new UploadProgress(upload, StoreFault.From(UnitOutcome.Full));
        }

        var run = new Run(exchange, held, piece, appender)
        {
            Hash = hashes.Take(held.Id, held.Offset),
        };
        await using (appender)
        {
            run.Fault = await PumpAsync(run, turn);
            await KeepAsync(run);
        }

        return await ConcludeAsync(run);
    }

    private async ValueTask<Fault?> PumpAsync(Run run, UploadTurn turn)
    {
        try
        {
            var room = run.End - run.Held.Offset;
            if (run.Exchange.Http.Request.ContentLength > room)
            {
                run.IsKept = false;
                return run.TooMuch();
            }

            var source = BodySource.Open(run.Exchange, room, run.Piece.Digest, run.Piece.ChecksumTrailer is not null);
            turn.OnInterrupt(source.CancelPendingRead);
            while (true)
            {
                var read = await source.ReadAsync();
                if (turn.IsOver)
                {
                    source.AdvanceTo(read.Buffer.Start);
                    return UploadFaults.Interrupted;
                }

                if (run.Appender.Size + read.Buffer.Length > run.End)
                {
                    source.AdvanceTo(read.Buffer.End);
                    run.IsKept = false;
                    return run.TooMuch();
                }

                await WriteAsync(run, read.Buffer);
                source.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    run.Exchange.BodyIsRead = true;
                    return JudgeDigest(run);
                }

                if (!run.Piece.IsWhole && run.Appender.Size - run.Held.Offset >= AcknowledgedEach
                    && await AcknowledgeAsync(run) is { } fault)
                {
                    return fault;
                }
            }
        }
        catch (StorageFullException)
        {
            run.IsKept = false;
            return StoreFault.From(UnitOutcome.Full);
        }
        catch (Exception exception) when (BodySource.FaultOf(exception, run.Exchange) is { } fault)
        {
            run.IsKept = !run.Piece.IsWhole;
            return fault;
        }
    }

    private static Fault? JudgeDigest(Run run)
    {
        if (run.Piece.ChecksumTrailer is { } trailer && run.Exchange.Digest is DigestedBody body)
        {
            var text = run.Exchange.Http.Request.CheckTrailersAvailable()
                ? run.Exchange.Http.Request.GetTrailer(trailer).ToString()
                : "";
            if (ExpectedDigest.ReadChecksum(text, out var expected) is { } fault)
            {
                run.IsKept = false;
                return fault;
            }

            body.Expected = expected;
        }

        if (run.Exchange.Digest?.Fits() != false)
        {
            return null;
        }

        run.IsKept = false;
        return run.Piece.Mismatch;
    }

    /// <summary>The bytes are hashed while the store writes them.</summary>
    private static async ValueTask WriteAsync(Run run, ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        var write = OnDiskAsync(async () =>
        {
            await run.Appender.WriteAsync(bytes);
            return true;
        });
        try
        {
            if (run.Hash is { } hash)
            {
                foreach (var part in bytes)
                {
                    hash.AppendData(part.Span);
                }
            }
        }
        finally
        {
            await write;
        }
    }

    private async ValueTask<Fault?> AcknowledgeAsync(Run run)
    {
        var durable = await OnDiskAsync(run.Appender.FlushAsync);
        var next = run.Held with { Length = run.Piece.Length, Offset = durable.Size, FileState = durable.State };
        var outcome = await uploads.CommitAsync(run.Exchange.Plan, run.Held, next);
        if (outcome.Verdict == UnitVerdict.Committed)
        {
            run.Held = next;
            return null;
        }

        run.IsKept = false;
        return FaultOf(run, outcome);
    }

    /// <summary>Makes durable what counts, and keeps the hash of exactly that.</summary>
    private static async ValueTask KeepAsync(Run run)
    {
        try
        {
            if (run.IsKept)
            {
                run.Durable = await OnDiskAsync(run.Appender.FlushAsync);
                return;
            }
        }
        catch (StorageFullException)
        {
            run.Fault ??= StoreFault.From(UnitOutcome.Full);
        }

        run.IsKept = false;
        run.Durable = run.Held.File;
        run.Hash?.Dispose();
        run.Hash = null;
    }

    private async ValueTask<UploadProgress> ConcludeAsync(Run run)
    {
        var size = run.Durable.Size;
        if (run.IsEnd)
        {
            return run.Piece.Length is { } length && length != size
                ? await RefuseEndAsync(run)
                : await EndAsync(run);
        }

        if (run.Hash is { } hash)
        {
            hashes.Keep(run.Held.Id, size, hash);
        }

        var next = run.Held with
        {
            Length = run.Piece.Length,
            Offset = size,
            FileState = run.Durable.State,
            IsHeld = false,
        };
        return await MoveAsync(run, next, run.Fault);
    }

    /// <summary>
    /// The last bytes are acknowledged by the unit that finishes the upload; a length that nobody knew is written
    /// before, since it needs room.
    /// </summary>
    private async ValueTask<UploadProgress> EndAsync(Run run)
    {
        var whole = run.Held with { Length = run.Durable.Size };
        if (run.Held.Length is null)
        {
            var moved = await MoveAsync(run, whole, null);
            if (moved.Fault is not null)
            {
                run.Hash?.Dispose();
                return moved;
            }
        }

        return new UploadProgress(whole, null, run.Durable, run.Hash);
    }

    private ValueTask<UploadProgress> RefuseEndAsync(Run run)
    {
        run.Hash?.Dispose();
        return MoveAsync(run, run.Held with { IsHeld = false }, run.TooMuch());
    }

    private async ValueTask<UploadProgress> MoveAsync(Run run, Upload next, Fault? fault)
    {
        var outcome = await uploads.CommitAsync(run.Exchange.Plan, run.Held, next);
        return outcome.Verdict == UnitVerdict.Committed
            ? new UploadProgress(next, fault)
            : new UploadProgress(run.Held, fault ?? FaultOf(run, outcome));
    }

    private static Fault FaultOf(Run run, UnitOutcome outcome) =>
        UploadFaults.Of(outcome.Guard, run.Exchange.Plan.Declaration.Limits) ?? StoreFault.From(outcome);

    /// <summary>A disk that fails must not look like a client that has gone away.</summary>
    private static async ValueTask<T> OnDiskAsync<T>(Func<ValueTask<T>> action)
    {
        try
        {
            return await action();
        }
        catch (IOException failure) when (failure is not (StorageFullException or FileNotFoundException
            or StoreUnreachableException))
        {
            throw new InvalidOperationException("A file could not be written.", failure);
        }
    }

    /// <summary>One request under way.</summary>
    private sealed class Run(PostExchange exchange, Upload held, UploadPiece piece, FileAppender appender)
    {
        public PostExchange Exchange { get; } = exchange;

        public UploadPiece Piece { get; } = piece;

        public FileAppender Appender { get; } = appender;

        public Upload Held { get; set; } = held;

        public IncrementalHash? Hash { get; set; }

        public GrowingFile Durable { get; set; } = held.File;

        public Fault? Fault { get; set; }

        /// <summary>Whether what has come so far counts.</summary>
        public bool IsKept { get; set; } = true;

        /// <summary>
        /// True when the upload is complete. Where the last byte ends it, it does not matter what broke behind that.
        /// </summary>
        public bool IsEnd => IsKept && (Fault is null || Piece.Completes is null) && Piece.IsEnd(Durable.Size);

        /// <summary>Bytes of the file at most.</summary>
        public long End => Math.Min(Piece.Length ?? long.MaxValue, Exchange.Plan.Declaration.Limits.File);

        public Fault TooMuch() => Piece.Length is { } length && length <= Exchange.Plan.Declaration.Limits.File
            ? UploadFaults.Length(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"The {length} bytes that were announced are not those that came. Nothing of this request was taken."))
            : UploadFaults.TooLarge(Exchange.Plan.Declaration.Limits.File);
    }
}
