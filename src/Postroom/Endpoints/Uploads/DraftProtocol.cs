using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Parsing.Uploads;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>
/// Resumable Uploads for HTTP (draft-ietf-httpbis-resumable-upload, interop version 8). Kestrel sends no informational
/// responses but 100, so there is no 104: whoever wants to resume from the first byte creates the upload empty
/// (`Upload-Complete: ?0`) first, which the draft calls careful creation.
/// </summary>
internal sealed class DraftProtocol : UploadProtocol
{
    public const string Complete = "Upload-Complete";
    public const string Interop = "Upload-Draft-Interop-Version";
    public const string MediaType = "application/partial-upload";
    private const string InteropVersion = "8";
    private const string Offset = "Upload-Offset";
    private const string Length = "Upload-Length";
    private const string Limit = "Upload-Limit";
    private const string True = "?1";
    private const string False = "?0";

    public static DraftProtocol Instance { get; } = new();

    public override int StateStatus => StatusCodes.Status204NoContent;

    /// <summary>
    /// Upload-Limit: max-size in bytes of a file, max-age in seconds. «Unless there are no limits, … min-size=0».
    /// </summary>
    public static void DescribeServer(HttpResponse response, EndpointPlan plan)
    {
        var limits = plan.Declaration.Limits;
        WriteLimit(response, limits.File, (long)limits.UploadAge.TotalSeconds);
    }

    // Older interop versions differ in what 104 says, and here is none.
    public override Fault? Judge(HttpRequest request) => null;

    public override Fault? ReadStart(PostExchange exchange, out UploadStart start)
    {
        var request = exchange.Http.Request;
        start = new UploadStart
        {
            Name = RequestFileName.Of(request.Headers),
            Declared = RequestFileName.TypeOf(request.ContentType),
        };
        if (Flag(request.Headers[Complete].ToString()) is not { } completes)
        {
            return UploadFaults.Malformed(
                "`Upload-Complete` must say whether the file ends with this request: ?1 or ?0.");
        }

        // «If the client knows the length … Upload-Length. … the Upload-Complete: ?1 and Content-Length also indicate
        // it. If these are not consistent, … inconsistent-upload-length.»
        var named = Number(request.Headers[Length].ToString());
        var whole = completes ? request.ContentLength : null;
        if (named is not null && whole is not null && named != whole)
        {
            return UploadFaults.Length(
                "`Upload-Length` and the length of the body, with which the upload is said to be complete, differ.");
        }

        var fault = ReadDigests(request, out var content, out var representation);
        start = start with
        {
            Length = named ?? whole,
            Digest = representation,
            First = completes || HasContent(request)
                ? new UploadPiece { Offset = 0, Length = named ?? whole, Completes = completes, Digest = content }
                : null,
        };
        return fault;
    }

    public override Fault? ReadPiece(PostExchange exchange, Upload upload, out UploadPiece piece)
    {
        var request = exchange.Http.Request;
        piece = new UploadPiece { Offset = 0 };

        // «The request MUST use the application/partial-upload media type».
        if (request.ContentType?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return new Fault(FaultCatalogue.MediaTypeUnsupported, $"Send the bytes as `Content-Type: {MediaType}`.")
            {
                Headers = [new("Accept-Patch", MediaType)],
                ClosesConnection = true,
            };
        }

        // «The client MUST include the Upload-Offset … and the Upload-Complete request header field.»
        if (Number(request.Headers[Offset].ToString()) is not { } offset
            || Flag(request.Headers[Complete].ToString()) is not { } completes)
        {
            return UploadFaults.Malformed(
                "`Upload-Offset` must say where the bytes belong, and `Upload-Complete` whether the file ends there.");
        }

        var length = upload.Length ?? Number(request.Headers[Length].ToString());
        var whole = completes && request.ContentLength is { } size ? offset + size : (long?)null;
        if ((Number(request.Headers[Length].ToString()) is { } named && named != length)
            || (whole is not null && length is not null && whole != length) || length < upload.Offset)
        {
            return UploadFaults.Length(
                "The upload's length is not what was said before, or not what its end makes it.");
        }

        var fault = ReadDigests(request, out var content, out _);
        piece = new UploadPiece
        {
            Offset = offset,
            Length = length ?? whole,
            Completes = completes,
            Digest = content,
        };
        return fault;
    }

    // «If the client … did not receive the final response … the server MAY … respond to a valid append with the final
    // response»: one that ends where the upload has ended. Anything else is a «completed-upload».
    public override UploadReply Repeat(PostExchange exchange, Upload upload)
    {
        var request = exchange.Http.Request;
        var end = Number(request.Headers[Offset].ToString()) + (request.ContentLength ?? 0);
        return Flag(request.Headers[Complete].ToString()) == true && end == upload.Length
            ? new UploadReply(null, upload, upload.Answer)
            : new UploadReply(UploadFaults.Completed, upload);
    }

    public override void Mark(HttpResponse response) => response.Headers[Interop] = InteropVersion;

    // «The response MUST include the Upload-Offset, Upload-Limit, and Upload-Complete header fields … The response
    // SHOULD include Cache-Control header with the value no-store … MUST include Upload-Length if known.»
    public override void Describe(HttpResponse response, EndpointPlan plan, Upload upload, TimeProvider time)
    {
        response.Headers.CacheControl = "no-store";
        WriteState(response, upload);
        if (upload.Length is { } length)
        {
            response.Headers[Length] = Text(length);
        }

        WriteLimit(response, plan, upload, time);
    }

    public override async ValueTask AnswerStartAsync(HttpContext http, EndpointPlan plan, UploadReply reply)
    {
        var response = http.Response;
        Mark(response);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        WriteState(response, reply.Upload!);
        DescribeServer(response, plan);
        response.Headers.Location = Address(plan, reply.Upload!);
        if (reply.Answer is { } answer)
        {
            await WriteFinalAsync(http, answer);
            return;
        }

        // «If … Upload-Complete is false … the server SHOULD respond with 201 (Created)».
        response.StatusCode = StatusCodes.Status201Created;
        response.ContentLength = 0;
    }

    public override async ValueTask AnswerPieceAsync(HttpContext http, EndpointPlan plan, UploadReply reply)
    {
        var response = http.Response;
        Mark(response);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        WriteState(response, reply.Upload!);
        if (reply.Answer is { } answer)
        {
            await WriteFinalAsync(http, answer);
            return;
        }

        response.StatusCode = StatusCodes.Status204NoContent;
    }

    // «409 (Conflict) … MUST include the correct offset in the Upload-Offset header field», with «Upload-Complete: ?0»;
    // «a 413 … SHOULD include Upload-Limit».
    protected override void DescribeRefusal(HttpResponse response, UploadReply reply)
    {
        if (reply.Fault!.Limit is { Name: "limits.file", Value: var largest })
        {
            response.Headers[Limit] = $"max-size={Text(largest)}";
        }

        if (reply.Upload is { State: not UploadState.Cancelled } upload)
        {
            response.Headers[Offset] = Text(upload.Offset);
        }

        response.Headers[Complete] = False;
    }

    private static void WriteState(HttpResponse response, Upload upload)
    {
        // «In a response ?1 means that it comes from the target resource, ?0 from the upload protocol.»
        response.Headers[Complete] = upload.State == UploadState.Finished ? True : False;
        response.Headers[Offset] = Text(upload.Offset);
    }

    private static void WriteLimit(HttpResponse response, EndpointPlan plan, Upload upload, TimeProvider time)
    {
        var left = (upload.ExpiresAt - time.GetUtcNow().ToUnixTimeMilliseconds()) / 1000;
        WriteLimit(response, plan.Declaration.Limits.File, Math.Max(0, left));
    }

    private static void WriteLimit(HttpResponse response, long size, long age) =>
        response.Headers[Limit] = $"max-size={Text(size)}, max-age={Text(age)}";

    // RFC 9530: what is sent here is a part of the file, so that the two fields say different things.
    private static Fault? ReadDigests(
        HttpRequest request, out ExpectedDigest? content, out ExpectedDigest? representation)
    {
        representation = null;
        return ExpectedDigest.ReadField(request.Headers["Content-Digest"].ToString(), out content)
            ?? ExpectedDigest.ReadField(request.Headers["Repr-Digest"].ToString(), out representation);
    }

    private static bool? Flag(string text) => text switch
    {
        True => true,
        False => false,
        _ => null,
    };

    private static bool HasContent(HttpRequest request) => request.ContentLength is not 0
        && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };
}
