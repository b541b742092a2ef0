using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Responding;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>One way in which clients speak of an upload. The upload is the same for all of them.</summary>
internal abstract class UploadProtocol
{
    /// <summary>The protocol of a request that goes beyond one shot; null for one that speaks none.</summary>
    public static UploadProtocol? Of(HttpRequest request) => request.Headers switch
    {
        var headers when headers.ContainsKey(TusProtocol.Version) => TusProtocol.Instance,
        var headers when headers.ContainsKey(DraftProtocol.Complete) || headers.ContainsKey(DraftProtocol.Interop)
            || request.ContentType?.StartsWith(DraftProtocol.MediaType, StringComparison.OrdinalIgnoreCase) == true =>
            DraftProtocol.Instance,
        _ => null,
    };

    /// <summary>Judges what every request of the protocol must say.</summary>
    public abstract Fault? Judge(HttpRequest request);

    /// <summary>Reads a request that begins an upload.</summary>
    public abstract Fault? ReadStart(PostExchange exchange, out UploadStart start);

    /// <summary>Reads a request that adds bytes.</summary>
    public abstract Fault? ReadPiece(PostExchange exchange, Upload upload, out UploadPiece piece);

    /// <summary>What a request gets that adds bytes to an upload which is finished.</summary>
    public abstract UploadReply Repeat(PostExchange exchange, Upload upload);

    /// <summary>Writes what every answer of the protocol says.</summary>
    public abstract void Mark(HttpResponse response);

    /// <summary>Writes where an upload stands.</summary>
    public abstract void Describe(HttpResponse response, EndpointPlan plan, Upload upload, TimeProvider time);

    /// <summary>The answer to the beginning.</summary>
    public abstract ValueTask AnswerStartAsync(HttpContext http, EndpointPlan plan, UploadReply reply);

    /// <summary>The answer to further bytes.</summary>
    public abstract ValueTask AnswerPieceAsync(HttpContext http, EndpointPlan plan, UploadReply reply);

    /// <summary>The status of an answer that tells where an upload stands.</summary>
    public abstract int StateStatus { get; }

    /// <summary>Answers a refusal, with where the upload stands if that is known.</summary>
    public async ValueTask RefuseAsync(HttpContext http, EndpointPlan plan, UploadReply reply, bool bodyIsRead)
    {
        var response = http.Response;
        Mark(response);
        DescribeRefusal(response, reply);
        FaultResponse.WriteHead(response, reply.Fault!, bodyIsRead);
        await FaultResponse.WriteAsync(response, reply.Fault!, Negotiation.Choose(http), default, plan);
    }

    protected virtual void DescribeRefusal(HttpResponse response, UploadReply reply)
    {
    }

    /// <summary>The address of an upload: relative, so that no proxy can make it wrong.</summary>
    protected static string Address(EndpointPlan plan, Upload upload) => UploadAnswer.Address(plan.Path, upload.Id);

    protected static async ValueTask WriteFinalAsync(HttpContext http, StoredAnswer answer)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        if (answer.Location is { } location)
        {
            response.Headers.Location = location;
        }

        var format = Negotiation.Choose(http) is var chosen && chosen == AnswerFormat.Page ? AnswerFormat.Json : chosen;
        await (answer.Status >= StatusCodes.Status400BadRequest
            ? DataResponse.WriteProblemAsync(response, answer.Body, format)
            : DataResponse.WriteAnswerAsync(response, answer.Body, format));
    }

    protected static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number of digits alone, within what both protocols know (15 digits of a structured field).</summary>
    protected static long? Number(string text) =>
        text.Length is > 0 and <= 15 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
            : null;
}
