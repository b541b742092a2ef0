using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Receiving;

/// <summary>What the headers say of the body: its length, coding and media type.</summary>
internal static class ContentRule
{
    public const string MediaTypes = "application/json, application/x-www-form-urlencoded, multipart/form-data";

    private static readonly KeyValuePair<string, string>[] AcceptPost = [new("Accept-Post", MediaTypes)];

    // RFC 9110 §12.5.3: a 415 for a content coding names those that are taken.
    private static readonly KeyValuePair<string, string>[] AcceptEncoding = [new("Accept-Encoding", "identity")];

    public static Fault? Judge(PostExchange exchange)
    {
        var request = exchange.Http.Request;
        return JudgeLength(exchange, request) ?? JudgeCoding(request) ?? JudgeType(exchange, request);
    }

    private static Fault? JudgeLength(PostExchange exchange, HttpRequest request)
    {
        var limit = exchange.Plan.Declaration.Limits.Body;
        return request.ContentLength switch
        {
            0 => new Fault(FaultCatalogue.EmptyBody, "The body is empty. Send the fields in it."),
            { } length when length > limit => BodyLimit.Exceeded(limit, length),
            null when !CanHaveBody(request) =>
                new Fault(FaultCatalogue.EmptyBody, "The body is empty. Send the fields in it."),
            _ => null,
        };
    }

    private static bool CanHaveBody(HttpRequest request) =>
        request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestBodyDetectionFeature>()
            is not { CanHaveBody: false };

    private static Fault? JudgeCoding(HttpRequest request)
    {
        var coding = request.Headers.ContentEncoding;
        return coding.Count == 0 || string.Equals(coding.ToString(), "identity", StringComparison.OrdinalIgnoreCase)
            ? null
            : new Fault(FaultCatalogue.CodingUnsupported,
                $"Compressed bodies ({Quote(coding.ToString())}) are not read. Send the body without `Content-Encoding`.")
            {
                Headers = AcceptEncoding,
                ClosesConnection = true,
            };
    }

    private static Fault? JudgeType(PostExchange exchange, HttpRequest request)
    {
        var text = request.Headers.ContentType;
        if (text.Count != 1 || text[0] is not { Length: > 0 } value)
        {
            return Unsupported(text.Count > 1
                ? "There is more than one `Content-Type`. Send one."
                : "`Content-Type` is missing. Say what the body is: `application/json`, for instance.");
        }

        if (!MediaType.TryParse(value, out var type))
        {
            return Unsupported($"`Content-Type: {Quote(value)}` is not a media type.");
        }

        exchange.MediaType = type.Name;
        if (type.Format is not { } format)
        {
            return Unsupported($"Bodies of the type {Quote(type.Name)} are not read here. "
                + "Send `application/json`, `application/x-www-form-urlencoded` or `multipart/form-data`.");
        }

        if (type.Charset is { } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            && !(charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)))
        {
            return Unsupported($"The charset {Quote(charset)} is not read. Send UTF-8.");
        }

        if (format == BodyFormat.Multipart && type.Boundary is null)
        {
            return Unsupported("`Content-Type: multipart/form-data` has no boundary. Let the client library set the header.");
        }

        exchange.Format = format;
        exchange.Boundary = type.Boundary;
        return null;
    }

    private static Fault Unsupported(string message) =>
        new(FaultCatalogue.MediaTypeUnsupported, message) { Headers = AcceptPost, ClosesConnection = true };

    private static string Quote(string text) => text.Length <= 60 ? text : string.Create(
        CultureInfo.InvariantCulture, $"{text.AsSpan(0, 60)}…");
}
