using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Responding;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>
/// Gives a file back. What strangers have sent is never a page of this site: the type is the one that was found, the
/// browser may not guess another, nothing in it runs, and all but a few harmless types are saved and not shown.
/// </summary>
internal sealed class UploadDownload(IPostStore store, IFileStore files)
{
    private const int PieceBytes = 128 * 1024;
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

    private static readonly string[] s_shown =
        ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "text/plain"];

    /// <summary>The entry that names a file, and the file; null where it was deleted or is held.</summary>
    public (Entry Entry, EntryFile File)? Find(Upload upload)
    {
        using var reader = store.Read();
        return reader.FindEntry(upload.Entry) is { State: EntryState.Stored } entry
            && entry.Files.FirstOrDefault(file => file.Id == upload.Id) is { } file
            ? (entry, file)
            : null;
    }

    public async ValueTask SendAsync(HttpContext http, EndpointPlan plan, EntryFile file)
    {
        var (request, response) = (http.Request, http.Response);
        var tag = $"\"{file.Digest}\"";

        // RFC 9110 §13.1.2: whoever has it already needs no more of it.
        if (request.Headers.IfNoneMatch.ToString() is var known && known.Length > 0
            && (known == "*" || known.Contains(tag, StringComparison.Ordinal)))
        {
            WriteHeaders(response, file, tag);
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        // §13.1.5: a part of what is not that file any more is of no use: then the whole.
        var isSame = request.Headers.IfRange.ToString() is var condition && (condition.Length == 0 || condition == tag);
        var asked = HttpMethods.IsGet(request.Method) && isSame ? request.Headers.Range.ToString() : "";
        if (ByteRange.Of(asked, file.Size) is not { } range)
        {
            await RefuseRangeAsync(http, plan, file);
            return;
        }

        WriteHeaders(response, file, tag);
        var isPart = range.Length < file.Size;
        response.StatusCode = isPart ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
        response.ContentLength = range.Length;
        response.ContentType = file.MediaType == "text/plain" ? "text/plain; charset=utf-8" : file.MediaType;
        if (isPart)
        {
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture,
                $"bytes {range.Offset}-{range.Offset + range.Length - 1}/{file.Size}");
        }

        if (HttpMethods.IsGet(request.Method) && range.Length > 0)
        {
            await CopyAsync(http, file, range);
        }
    }

    private static void WriteHeaders(HttpResponse response, EntryFile file, string tag)
    {
        var headers = response.Headers;
        headers.ETag = tag;
        headers.AcceptRanges = "bytes";
        headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(file.Digest))}:";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "no-referrer";

        // The rights may change and the file may be deleted; the tag makes asking again cheap.
        headers.CacheControl = "private, no-cache";

        // RFC 6266 §4: a plain name for old readers, the whole one in UTF-8.
        var disposition = new ContentDispositionHeaderValue(
            s_shown.Contains(file.MediaType) ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        headers.ContentDisposition = disposition.ToString();
    }

    private static ValueTask RefuseRangeAsync(HttpContext http, EndpointPlan plan, EntryFile file) =>
        new(FaultResponse.RefuseAsync(
            http,
            new Fault(UploadKinds.RangeUnsatisfiable,
                string.Create(CultureInfo.InvariantCulture, $"The file has {file.Size} bytes; the range lies behind."))
            {
                Headers =
                [
                    new("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Size}")),
                ],
            },
            plan));

    private async ValueTask CopyAsync(HttpContext http, EntryFile file, ByteRange range)
    {
        await using var bytes = await files.OpenRangeAsync(file.Id, range.Offset, range.Length)
            ?? throw new InvalidOperationException($"The bytes of the file {file.Id} are gone. Run `postroom verify`.");
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            int read;
            while ((read = await bytes.ReadAsync(piece, http.RequestAborted)) > 0)
            {
                await http.Response.Body.WriteAsync(piece.AsMemory(0, read), http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader went away.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
