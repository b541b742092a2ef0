using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Parsing.Decoding;
using Postroom.Storage;
using Postroom.Parsing.Uploads;

namespace Postroom.Parsing;

/// <summary>
/// Where every reader of a body gets its bytes, and the one place that knows what it means when reading them fails.
/// </summary>
internal static class BodySource
{
    private const string Server = "Microsoft.AspNetCore.Server.Kestrel.Core";

    // Below this no server that we know refuses a body by itself; asking it costs every POST.
    private const long ServerLimit = 10_000_000;

    // Large enough that the decoder's calls do not count, small enough that a bomb is seen early.
    private static readonly StreamPipeReaderOptions DecodedPieces = new(bufferSize: 16 * 1024);

    /// <summary>
    /// Opens the body for reading, without its content coding and within its time. The server will let at least so
    /// many bytes pass, as slowly as the endpoint allows. Read on until it is completed: only then is a coded body
    /// known to be whole.
    /// </summary>
    public static PipeReader Open(
        PostExchange exchange, long limit, ExpectedDigest? digest = null, bool takesTrailer = false)
    {
        var http = exchange.Http;
        AllowUpTo(limit, http);
        AllowAsSlowAsDeclared(http);
        PipeReader body = Keep(
            exchange, new TimedBody(http.Request.BodyReader, exchange.Plan.Declaration.Limits, exchange.Time));
        if (digest is not null || takesTrailer)
        {
            var digested = Keep(exchange, digest is null
                ? new DigestedBody(body, HashAlgorithmName.SHA1, HashAlgorithmName.SHA256)
                : new DigestedBody(body, digest.Algorithm) { Expected = digest });
            exchange.Digest = digested;
            body = digested;
        }

        return exchange.Coding == ContentCoding.None ? body : Decode(body, exchange, limit);
    }

    /// <summary>How many bytes a reader of the opened body may get.</summary>
    public static long LimitOf(PostExchange exchange)
    {
        var limits = exchange.Plan.Declaration.Limits;

        // What runs again was decoded when it came.
        return exchange.Coding == ContentCoding.None && exchange.Held is null
            ? limits.Body
            : limits.DecodedBody ?? limits.Body;
    }

    /// <summary>What became of a body whose reading threw; null for an exception that is a bug.</summary>
    public static Fault? FaultOf(Exception exception, PostExchange exchange) => exception switch
    {
        BodyException body => body.Fault,
        BadHttpRequestException request => FramingFault.From(request, exchange.Plan.Declaration.Limits.Body),

        // A chunk's size that no number holds; every other fault of the chunks has the exception above.
        IOException { InnerException: OverflowException } => FramingFault.Malformed(),

        // A trailer's field with NUL or with bytes that are no text.
        InvalidOperationException { Source: Server } => FramingFault.Malformed(),

        // It was not the client who failed.
        StoreUnreachableException => null,

        // The client went away while sending: nobody reads this answer, but the log line says what happened.
        IOException or OperationCanceledException => FramingFault.CutOff(),
        _ => null,
    };

    private static T Keep<T>(PostExchange exchange, T reader)
        where T : IDisposable
    {
        exchange.Keep(reader);
        return reader;
    }

    private static PipeReader Decode(PipeReader source, PostExchange exchange, long limit)
    {
        var limits = exchange.Plan.Declaration.Limits;
        var wire = new WireReader(source, limit);

        // What a reader allows beyond the plain limit, for files, it allows beyond the decoded one.
        var decoded = LimitOf(exchange) + (limit - limits.Body);
        DecodedBody body = exchange.Coding switch
        {
            ContentCoding.Gzip => new GzipBody(wire, decoded, limits.Ratio),
            ContentCoding.Deflate => new ZlibBody(wire, decoded, limits.Ratio),
            _ => new BrotliBody(wire, decoded, limits.Ratio),
        };
        exchange.Keep(body);
        return PipeReader.Create(body, DecodedPieces);
    }

    /// <summary>The server has a limit of its own; where the endpoint's is larger, the endpoint's counts.</summary>
    private static void AllowUpTo(long limit, HttpContext http)
    {
        if (limit >= ServerLimit && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature
            && feature.MaxRequestBodySize <= limit)
        {
            feature.MaxRequestBodySize = limit + 1;
        }
    }

    /// <summary>
    /// The server's own minimum rate is one for all endpoints, and its refusal does not say what it is.
    /// </summary>
    private static void AllowAsSlowAsDeclared(HttpContext http)
    {
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
