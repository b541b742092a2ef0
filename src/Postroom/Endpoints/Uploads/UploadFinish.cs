using System.Buffers;
using System.Security.Cryptography;
using Postroom.Answers;
using Postroom.Authorization;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Execution;
using Postroom.Faults;
using Postroom.Parsing.Uploads;
using Postroom.Storage;
using Postroom.Validation;

namespace Postroom.Endpoints.Uploads;

/// <summary>
/// Turns an upload whose last byte is there into an entry: the same judgement that a file in a form gets, with the
/// rights of now, and one unit for the entry, what follows, the user's statements, the end of the upload and its
/// answer. A crash before that unit leaves the upload where it was acknowledged, so that its sender ends it again.
/// </summary>
internal sealed class UploadFinish(
    UploadStore uploads, IFileStore files, AuthorizationStage authorization, ValidationStage validation,
    ExecutionStage execution)
{
    private readonly IPostStage[] _stages = [authorization, validation, execution];

    /// <summary>Null when it is finished: the exchange holds the answer.</summary>
    public async ValueTask<Fault?> RunAsync(PostExchange exchange, UploadProgress progress)
    {
        var upload = progress.Upload;
        using var hash = progress.Hash;
        try
        {
            await files.CompleteAsync(progress.Whole!);
        }
        catch (StorageFullException)
        {
            return StoreFault.From(UnitOutcome.Full);
        }

        var metadata = UploadMetadata.Read(upload.Metadata);
        exchange.Upload = upload;
        exchange.Control = metadata.Control;
        var fault = await TakeFileAsync(exchange, upload, metadata, hash)
            ?? UploadDocument.Walk(exchange, metadata.Document);
        foreach (var stage in _stages)
        {
            fault ??= await stage.RunAsync(exchange);
            exchange.Clock.Ended(stage.Name);
        }

        if (fault is not null && IsFinal(fault))
        {
            // Whoever asks again is told the same.
            await uploads.CancelAsync(upload, ProblemAnswer.Render(fault));
        }

        return fault;
    }

    /// <summary>
    /// A refusal that the same bytes get again ends the upload. Who has to sign in anew, or what is busy, does not.
    /// </summary>
    private static bool IsFinal(Fault fault) => fault.Kind is { Status: >= 400 and < 500, Status: not (401 or 403) }
        && fault.Kind.Retry != RetryAdvice.SameRequest;

    private async ValueTask<Fault?> TakeFileAsync(
        PostExchange exchange, Upload upload, UploadMetadata metadata, IncrementalHash? hash)
    {
        var digest = hash?.GetCurrentHash() ?? await HashAsync(upload.Id, HashAlgorithmName.SHA256);
        if (metadata.Digest is { } expected && !CryptographicOperations.FixedTimeEquals(
            expected.Algorithm == HashAlgorithmName.SHA256 ? digest : await HashAsync(upload.Id, expected.Algorithm),
            expected.Value))
        {
            // RFC 9530, and the draft: the bytes are not the representation that was meant, whatever is sent now.
            await uploads.CancelAsync(upload, ProblemAnswer.Render(UploadFaults.DigestMismatch));
            return UploadFaults.DigestMismatch;
        }

        var head = ArrayPool<byte>.Shared.Rent(FileSniffer.HeadMax);
        try
        {
            await using var bytes = await OpenAsync(upload.Id);
            var length = await bytes.ReadAtLeastAsync(
                head.AsMemory(0, FileSniffer.HeadMax), FileSniffer.HeadMax, throwOnEndOfStream: false);
            var pointer = UploadDocument.PointerOf(exchange.Plan);
            var incoming = new IncomingFile(
                pointer, metadata.Name, metadata.Declared, UploadDocument.BoundOf(exchange.Plan));
            var fault = FileTypeRule.Judge(
                incoming, head.AsSpan(0, length), exchange.Plan.Files!.Types, out var mediaType);
            exchange.MediaType = mediaType;
            exchange.Files =
            [
                new EntryFile(
                    upload.Id, pointer, metadata.Name, upload.Length!.Value, mediaType,
                    Convert.ToHexStringLower(digest)),
            ];
            return fault;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    private async ValueTask<byte[]> HashAsync(EntryId file, HashAlgorithmName algorithm)
    {
        await using var bytes = await OpenAsync(file);
        return await CryptographicOperations.HashDataAsync(algorithm, bytes, CancellationToken.None);
    }

    private async ValueTask<Stream> OpenAsync(EntryId file) => await files.OpenAsync(file)
        ?? throw new InvalidOperationException("A file that was completed is not there.");
}
