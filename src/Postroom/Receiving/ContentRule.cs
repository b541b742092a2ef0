using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Plans;

namespace Postroom.Receiving;

/// <summary>
/// What the headers say of the body: its length and coding. Its media type is for the room that reads it.
/// </summary>
internal static class ContentRule
{
    public static Fault? Judge(PostExchange exchange)
    {
        var request = exchange.Http.Request;
        return exchange.Action is PostAction.Delete or PostAction.Confirm
            ? JudgeNone(request)
            : JudgeLength(exchange, request) ?? CodingHeader.Judge(exchange);
    }

    /// <summary>
    /// RFC 9110 §9.3.5: the body of a DELETE means nothing, so one that is there is a mistake; so it is where a record
    /// is confirmed.
    /// </summary>
    private static Fault? JudgeNone(HttpRequest request) =>
        request.ContentLength > 0 || (request.ContentLength is null && CanHaveBody(request))
            ? new Fault(FaultCatalogue.MalformedRequest, "This request has no body. Send it without one.")
            {
                ClosesConnection = true,
            }
            : null;

    private static Fault? JudgeLength(PostExchange exchange, HttpRequest request)
    {
        var limit = LimitOf(exchange, request);
        LiftServerLimit(request, limit);
        return request.ContentLength switch
        {
            0 => new Fault(FaultCatalogue.EmptyBody, "The body is empty. Send the fields in it."),
            { } length when length > limit && exchange.Plan.Upload is not null && limit == exchange.Plan
                .Declaration.Limits.File => UploadFaults.TooLarge(limit),
            { } length when length > limit => BodyLimit.Exceeded(exchange.Plan.Declaration.Limits, limit, length),
            null when !CanHaveBody(request) =>
                new Fault(FaultCatalogue.EmptyBody, "The body is empty. Send the fields in it."),
            _ => null,
        };
    }

    /// <summary>Files count beyond the body's own limit.</summary>
    private static long LimitOf(PostExchange exchange, HttpRequest request) =>
        exchange.Plan.Files is { } files && request.ContentType is { } type
            && type.StartsWith(MediaTypeNames.Multipart, StringComparison.OrdinalIgnoreCase)
            ? files.BodyMax
            : exchange.Plan.Upload is null ? exchange.Plan.Declaration.Limits.Body
            : exchange.Plan.Declaration.Limits.File;

    /// <summary>
    /// The declared limit is the one that counts: a lower one of the server's would refuse in its place.
    /// </summary>
    private static void LiftServerLimit(HttpRequest request, long limit)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()
            is { IsReadOnly: false, MaxRequestBodySize: { } max } size && max <= limit)
        {
            size.MaxRequestBodySize = null;
        }
    }

    private static bool CanHaveBody(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()
            is not { CanHaveBody: false };
}
