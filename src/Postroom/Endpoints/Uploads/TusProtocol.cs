using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Parsing.Uploads;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>
/// tus 1.0.0 (tus.io/protocols/resumable-upload) with the extensions creation, creation-with-upload,
/// creation-defer-length, expiration, checksum, checksum-trailer and termination. «…» quotes its rules.
/// </summary>
internal sealed class TusProtocol : UploadProtocol
{
    public const string Version = "Tus-Resumable";
    private const string Known = "1.0.0";
    private const string MediaType = "application/offset+octet-stream";
    private const string Offset = "Upload-Offset";
    private const string Length = "Upload-Length";
    private const string Deferred = "Upload-Defer-Length";
    private const string Metadata = "Upload-Metadata";
    private const string Expires = "Upload-Expires";
    private const string Checksum = "Upload-Checksum";

    private const string Extensions =
        "creation,creation-with-upload,creation-defer-length,expiration,checksum,checksum-trailer,termination";

    public static TusProtocol Instance { get; } = new();

    // «The Server MUST always include the Upload-Offset header in the response for a HEAD request»: 200 or 204.
    public override int StateStatus => StatusCodes.Status200OK;

    /// <summary>
    /// «An OPTIONS request MAY be used to gather information about the Server's current configuration.»
    /// </summary>
    public static void DescribeServer(HttpResponse response, EndpointPlan plan)
    {
        response.Headers["Tus-Version"] = Known;
        response.Headers["Tus-Extension"] = Extensions;
        response.Headers["Tus-Max-Size"] = Text(plan.Declaration.Limits.File);
        response.Headers["Tus-Checksum-Algorithm"] = "sha1,sha256";
    }

    // «If the version specified by the Client is not supported by the Server, it MUST respond with the 412 Precondition
    // Failed status and MUST include the Tus-Version header into the response. In addition, the Server MUST NOT process
    // the request.»
    public override Fault? Judge(HttpRequest request) => request.Headers[Version] == Known
        ? null
        : new Fault(UploadKinds.VersionUnsupported, "`Tus-Resumable` must be 1.0.0, the version that is known here.")
        {
            Headers = [new("Tus-Version", Known)],
            ClosesConnection = true,
        };

    public override Fault? ReadStart(PostExchange exchange, out UploadStart start)
    {
        var request = exchange.Http.Request;
        start = new UploadStart { Name = "file" };
        if (request.Headers.ContainsKey("Upload-Concat"))
        {
            return UploadFaults.Malformed("Uploads are not joined here. Send the file as one upload.");
        }

        if (ReadLength(request.Headers, out var length) is { } fault
            || (fault = TusMetadata.Read(request.Headers[Metadata].ToString(), exchange.Plan, out start)) is not null)
        {
            return fault;
        }

        start = start with { Length = length };
        if (!HasContent(exchange))
        {
            start = length == 0 ? start with { First = new UploadPiece { Offset = 0, Length = 0 } } : start;
            return null;
        }

        // creation-with-upload: «the Client MUST include the Content-Type: application/offset+octet-stream header».
        return ReadContent(request, 0, length, out var first) is { } refused ? refused : Set(ref start, first);
    }

    public override Fault? ReadPiece(PostExchange exchange, Upload upload, out UploadPiece piece)
    {
        var request = exchange.Http.Request;
        piece = new UploadPiece { Offset = 0 };
        if (Number(request.Headers[Offset].ToString()) is not { } offset)
        {
            return UploadFaults.Malformed("`Upload-Offset` must say where the bytes belong: a number of digits.");
        }

        // creation-defer-length: «Once it is known the Client MUST set the Upload-Length header in the next PATCH
        // request. Once set the length MUST NOT be changed.»
        var length = upload.Length;
        if (request.Headers.TryGetValue(Length, out var text))
        {
            var named = Number(text.ToString());
            if (named is null || (length is not null && named != length) || named < upload.Offset)
            {
                return UploadFaults.Length("`Upload-Length` is no number, or not what was said before.");
            }

            length = named;
        }

        return ReadContent(request, offset, length, out piece);
    }

    // The last answer was lost: «the Client» asks again from where it believes to be, and is told that all is there.
    public override UploadReply Repeat(PostExchange exchange, Upload upload) =>
        Number(exchange.Http.Request.Headers[Offset].ToString()) == upload.Offset
            ? new UploadReply(null, upload, upload.Answer)
            : new UploadReply(UploadFaults.Offset(
                upload.Offset, Number(exchange.Http.Request.Headers[Offset].ToString()) ?? 0), upload);

    // «The Tus-Resumable header MUST be included in every request and response except for OPTIONS requests.»
    public override void Mark(HttpResponse response) => response.Headers[Version] = Known;

    public override void Describe(HttpResponse response, EndpointPlan plan, Upload upload, TimeProvider time)
    {
        // «The Server MUST prevent the client and/or proxies from caching the response by adding the Cache-Control:
        // no-store header to the response.»
        response.Headers.CacheControl = "no-store";
        response.Headers[Offset] = Text(upload.Offset);
        if (upload.Length is { } length)
        {
            // «If the size of the upload is known, the Server MUST include the Upload-Length header in the response.»
            response.Headers[Length] = Text(length);
        }
        else
        {
            // «the Server MUST set Upload-Defer-Length: 1 in all responses for HEAD requests».
            response.Headers[Deferred] = "1";
        }

        if (!upload.Metadata.IsEmpty && UploadMetadata.Read(upload.Metadata).Echo is { Length: > 0 } echo)
        {
            // «If an upload contains additional metadata, responses to HEAD requests MUST include the Upload-Metadata
            // header and its value as specified by the Client during the creation.» It was read without a fault, so
            // that it holds nothing but names and Base64.
            response.Headers[Metadata] = echo;
        }

        WriteExpiry(response, upload);
    }

    // «The Server MUST acknowledge a successful upload creation with the 201 Created status. The Server MUST set the
    // Location header to the URL of the created resource.»
    public override async ValueTask AnswerStartAsync(HttpContext http, EndpointPlan plan, UploadReply reply)
    {
        var response = http.Response;
        Mark(response);
        response.Headers[Offset] = Text(reply.Upload!.Offset);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Location = Address(plan, reply.Upload);
        WriteExpiry(response, reply.Upload);
        if (reply.Answer is { } answer)
        {
            await WriteFinalAsync(http, answer);
            return;
        }

        response.StatusCode = StatusCodes.Status201Created;
        response.ContentLength = 0;
    }

    // «The Server MUST acknowledge successful PATCH requests with the 204 No Content status. It MUST include the
    // Upload-Offset header containing the new offset.»
    public override ValueTask AnswerPieceAsync(HttpContext http, EndpointPlan plan, UploadReply reply)
    {
        var response = http.Response;
        Mark(response);
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.CacheControl = "no-store";
        response.Headers[Offset] = Text(reply.Upload!.Offset);
        WriteExpiry(response, reply.Upload);
        return default;
    }

    // «410 Gone … without the Upload-Offset header».
    protected override void DescribeRefusal(HttpResponse response, UploadReply reply)
    {
        if (reply is { Upload: { State: not UploadState.Cancelled } upload, Fault.Kind.Status: 409 })
        {
            response.Headers[Offset] = Text(upload.Offset);
        }
    }

    // expiration: «This header MUST be included in every PATCH response if the upload is going to expire … in RFC 7231
    // datetime format».
    private static void WriteExpiry(HttpResponse response, Upload upload)
    {
        if (upload.State == UploadState.Open)
        {
            response.Headers[Expires] = DateTimeOffset.FromUnixTimeMilliseconds(upload.ExpiresAt)
                .ToString("r", CultureInfo.InvariantCulture);
        }
    }

    // «The Client MUST send an Upload-Length header … or Upload-Defer-Length: 1 … If the value is other than 1 the
    // Server MUST respond with a 400 Bad Request status.»
    private static Fault? ReadLength(IHeaderDictionary headers, out long? length)
    {
        length = null;
        if (headers.TryGetValue(Deferred, out var deferred))
        {
            return deferred == "1" && !headers.ContainsKey(Length)
                ? null
                : UploadFaults.Malformed(
                    "`Upload-Defer-Length` must be 1, and `Upload-Length` must not stand beside it.");
        }

        length = Number(headers[Length].ToString());
        return length is null
            ? UploadFaults.Malformed("`Upload-Length` must say how many bytes the file has, or "
                + "`Upload-Defer-Length: 1` that nobody knows yet.")
            : null;
    }

    private static Fault? ReadContent(HttpRequest request, long offset, long? length, out UploadPiece piece)
    {
        piece = new UploadPiece { Offset = offset, Length = length };

        // «All PATCH requests MUST use Content-Type: application/offset+octet-stream, otherwise the server SHOULD
        // return a 415 Unsupported Media Type status.»
        if (!string.Equals(request.ContentType, MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return new Fault(FaultCatalogue.MediaTypeUnsupported, $"Send the bytes as `Content-Type: {MediaType}`.")
            {
                Headers = [new("Accept-Patch", MediaType)],
                ClosesConnection = true,
            };
        }

        if (request.Headers[Checksum].ToString() is { Length: > 0 } checksum)
        {
            var fault = ExpectedDigest.ReadChecksum(checksum, out var digest);
            piece = piece with { Digest = digest, Mismatch = UploadFaults.ChecksumMismatch };
            return fault;
        }

        // checksum-trailer: the checksum comes behind the body.
        var trailer = request.Headers["Trailer"].ToString();
        if (trailer.Contains(Checksum, StringComparison.OrdinalIgnoreCase))
        {
            piece = piece with { ChecksumTrailer = Checksum, Mismatch = UploadFaults.ChecksumMismatch };
            return null;
        }

        var refused = ExpectedDigest.ReadField(request.Headers["Content-Digest"].ToString(), out var content);
        piece = piece with { Digest = content };
        return refused;
    }

    private static bool HasContent(PostExchange exchange) =>
        exchange.Http.Request.ContentLength is > 0
        || (exchange.Http.Request.ContentLength is null && exchange.Http.Request.Headers.TransferEncoding.Count > 0);

    private static Fault? Set(ref UploadStart start, UploadPiece first)
    {
        start = start with { First = first };
        return null;
    }
}
