using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>
/// Where every reader of a body gets its bytes, and the one place that knows what it means when reading them fails.
/// </summary>
internal static class BodySource
{
    // Below this no server that we know refuses a body by itself; asking it costs every POST.
    private const long ServerLimit = 10_000_000;

    /// <summary>Opens the body for reading; the server will let at least so many bytes pass.</summary>
    public static PipeReader Open(PostExchange exchange, long limit)
    {
        var http = exchange.Http;
        AllowUpTo(limit, http);
        return http.Request.BodyReader;
    }

    /// <summary>What became of a body whose reading threw; null for an exception that is a bug.</summary>
    public static Fault? FaultOf(Exception exception, PostExchange exchange) => exception switch
    {
        BadHttpRequestException request => FramingFault.From(request, exchange.Plan.Declaration.Limits.Body),

        // A chunk's size that no number holds; every other fault of the chunks has the exception above.
        IOException { InnerException: OverflowException } => FramingFault.Malformed(),

        // The client went away while sending: nobody reads this answer, but the log line says what happened.
        IOException or OperationCanceledException => FramingFault.CutOff(),
        _ => null,
    };

    /// <summary>The server has a limit of its own; where the endpoint's is larger, the endpoint's counts.</summary>
    private static void AllowUpTo(long limit, HttpContext http)
    {
        if (limit >= ServerLimit && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature
            && feature.MaxRequestBodySize <= limit)
        {
            feature.MaxRequestBodySize = limit + 1;
        }
    }
}
