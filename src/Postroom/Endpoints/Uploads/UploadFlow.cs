using Microsoft.AspNetCore.Http;
using Postroom.Authorization;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Parsing.Uploads;
using Postroom.Receiving;
using Postroom.Storage;
using Postroom.Validation;

namespace Postroom.Endpoints.Uploads;

/// <summary>What requests do with uploads, whatever protocol they speak.</summary>
internal sealed class UploadFlow(
    UploadStore uploads, UploadTurns turns, UploadReceiver receiver, UploadFinish finish, IPostStore store,
    IFileStore files, ValidationStage validation, CallerReader callers)
{
    /// <summary>Judges what needs no body, before anything of the upload is touched.</summary>
    public Fault? Judge(PostExchange exchange)
    {
        var request = exchange.Http.Request;
        exchange.Caller = callers.Read(exchange.Http);
        return FramingRule.Judge(request)
            ?? OriginRule.Judge(exchange)
            ?? ExpectRule.Judge(request)
            ?? AuthorizationStage.Judge(exchange)
            ?? JudgeCoding(request);
    }

    /// <summary>Whether the sender of a POST in one shot may post; pages may read why not.</summary>
    public Fault? JudgeSender(PostExchange exchange)
    {
        exchange.Caller = callers.Read(exchange.Http);
        return AuthorizationStage.Judge(exchange) is { } fault ? OriginRule.Judge(exchange) ?? fault : null;
    }

    /// <summary>Begins an upload, with its first bytes if they come along.</summary>
    public async ValueTask<UploadReply> CreateAsync(PostExchange exchange, UploadProtocol protocol)
    {
        if (protocol.ReadStart(exchange, out var start) is { } malformed)
        {
            return malformed;
        }

        var plan = exchange.Plan;
        var limits = plan.Declaration.Limits;
        var caller = uploads.NameOf(exchange.Caller);
        if (start.Length > limits.File)
        {
            return UploadFaults.TooLarge(limits.File);
        }

        if ((UploadDocument.Make(exchange, start.Name, start.Texts) ?? await validation.RunAsync(exchange)
            ?? UploadRooms.Judge(plan, store, files, caller, start.Length ?? 0)) is { } fault)
        {
            return fault;
        }

        var upload = new Upload
        {
            Id = store.Ids.Next(),
            Endpoint = plan.Path,
            Caller = caller,
            Length = start.Length,
            Metadata = Metadata(exchange, start),
            CreatedAt = exchange.ReceivedAt,
            ExpiresAt = exchange.ReceivedAt + (long)limits.UploadAge.TotalMilliseconds,
        };
        var outcome = await store.CommitAsync(new PostUnit
        {
            Guards = [.. UploadRooms.Of(plan, caller, upload.Bytes, opens: true)],
            Writes = [new InsertUpload(upload)],
        });
        if (outcome.Verdict != UnitVerdict.Committed)
        {
            return UploadFaults.Of(outcome.Guard, limits) ?? StoreFault.From(outcome);
        }

        if (start.First is not { } first)
        {
            return new UploadReply(null, upload);
        }

        using var turn = await turns.TakeAsync(upload.Id);
        return await AppendAsync(exchange, upload, first, turn);
    }

    /// <summary>Adds bytes to an upload.</summary>
    public async ValueTask<UploadReply> AppendAsync(PostExchange exchange, UploadProtocol protocol, EntryId id)
    {
        if (uploads.FindOwn(exchange.Plan, exchange.Caller, id) is null)
        {
            return UploadFaults.NotFound;
        }

        using var turn = await turns.TakeAsync(id);
        if (uploads.Find(id) is not { } upload)
        {
            return UploadFaults.NotFound;
        }

        if (UploadStore.JudgeOpen(exchange.Plan, upload, exchange.ReceivedAt) is { } ended)
        {
            return new UploadReply(ended, upload, upload.Answer);
        }

        if (upload.State == UploadState.Finished)
        {
            return protocol.Repeat(exchange, upload);
        }

        var fault = protocol.ReadPiece(exchange, upload, out var piece);
        if (fault is null && piece.Offset != upload.Offset)
        {
            fault = UploadFaults.Offset(upload.Offset, piece.Offset);
        }

        return fault is null
            ? await AppendAsync(exchange, upload, piece, turn)
            : new UploadReply(fault, upload);
    }

    /// <summary>
    /// Tells where an upload stands. Who asks has lost his connection, so a request that still adds bytes is ended:
    /// what is told here must not be overtaken.
    /// </summary>
    public async ValueTask<UploadReply> StateAsync(PostExchange exchange, EntryId id)
    {
        if (uploads.FindOwn(exchange.Plan, exchange.Caller, id) is null)
        {
            return UploadFaults.NotFound;
        }

        using var turn = await turns.TakeAsync(id);
        if (uploads.Find(id) is not { } upload)
        {
            return UploadFaults.NotFound;
        }

        if (UploadStore.JudgeOpen(exchange.Plan, upload, exchange.ReceivedAt) is { } ended)
        {
            return new UploadReply(ended, upload, upload.Answer);
        }

        if (upload.State == UploadState.Finished)
        {
            return new UploadReply(null, upload, upload.Answer);
        }

        var (taken, fault) = await uploads.TakeAsync(upload, turn.IsAlone, holds: false);
        return fault is null ? new UploadReply(null, taken) : new UploadReply(fault, upload);
    }

    /// <summary>Ends an open upload and removes its bytes.</summary>
    public async ValueTask<UploadReply> CancelAsync(PostExchange exchange, EntryId id)
    {
        using var turn = await turns.TakeAsync(id);
        if (uploads.Find(id) is not { State: UploadState.Open } upload)
        {
            return UploadFaults.Gone;
        }

        var (taken, fault) = await uploads.TakeAsync(upload, turn.IsAlone, holds: false);
        return new UploadReply(fault ?? await uploads.CancelAsync(taken!, null), upload);
    }

    private async ValueTask<UploadReply> AppendAsync(
        PostExchange exchange, Upload upload, UploadPiece piece, UploadTurn turn)
    {
        var caller = upload.Caller;
        if (upload.Length is null && UploadRooms.Judge(exchange.Plan, store, files, caller,
            Math.Max(0, (piece.Length ?? 0) - upload.Offset)) is { } full)
        {
            return new UploadReply(full, upload);
        }

        var progress = await receiver.ReceiveAsync(exchange, upload, piece, turn);
        if (progress.Fault is { } fault || progress.Whole is null)
        {
            return new UploadReply(progress.Fault, progress.Upload);
        }

        if (await finish.RunAsync(exchange, progress) is { } refusal)
        {
            return new UploadReply(refusal, uploads.Find(upload.Id) ?? progress.Upload, null);
        }

        return new UploadReply(
            null, progress.Upload with { State = UploadState.Finished, Offset = progress.Upload.Length!.Value },
            exchange.Answer);
    }

    private static ReadOnlyMemory<byte> Metadata(PostExchange exchange, UploadStart start) => new UploadMetadata
    {
        Name = start.Name,
        Declared = start.Declared,
        Echo = start.Echo,
        Digest = start.Digest,
        Document = exchange.Document,
        Control = exchange.Control,
    }.Write();

    // The draft: «offsets count coded bytes». What is stored would be coded bytes of an unknown file.
    private static Fault? JudgeCoding(HttpRequest request) => request.Headers.ContentEncoding.Count == 0
        ? null
        : new Fault(FaultCatalogue.CodingUnsupported,
            "An upload in several requests takes the file as it is. Send it without `Content-Encoding`.")
        {
            Headers = [new("Accept-Encoding", "identity")],
            ClosesConnection = true,
        };
}
