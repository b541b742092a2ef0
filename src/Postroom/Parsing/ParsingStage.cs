using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Plans;

namespace Postroom.Parsing;

/// <summary>
/// Reads the body within its limit and makes one document of it, whatever its format. The same walk that checks the
/// JSON notes the faults of the schema; they are judged later, after repeats were answered.
/// </summary>
internal sealed class ParsingStage : IPostStage
{
    // What a stranger says of his length is no reason to set so much aside: the buffer grows with what has come.
    private const int FirstBufferBytes = 16 * 1024;

    // Below this no server that we know refuses a body by itself; asking it costs every POST.
    private const long ServerLimit = 10_000_000;

    // Accept-Post (Linked Data Platform 1.0 §7.1): a 415 says what would be taken.
    private static readonly KeyValuePair<string, string>[] AcceptPost = [new("Accept-Post", MediaTypeNames.Taken)];

    // A plan that a reload has replaced takes its reader with it.
    private readonly ConditionalWeakTable<EndpointPlan, FormReader> _readers = [];

    public string Name => "parsing";

    public async ValueTask<Fault?> RunAsync(PostExchange exchange)
    {
        var header = exchange.Http.Request.Headers.ContentType;
        if (MediaTypes.Read(header.ToString(), out var mediaType) is { } unread)
        {
            return unread with { Headers = AcceptPost, ClosesConnection = true };
        }

        exchange.MediaType = mediaType.Format switch
        {
            BodyFormat.Json => MediaTypeNames.Json,
            BodyFormat.Urlencoded => MediaTypeNames.Urlencoded,
            _ => MediaTypeNames.Multipart,
        };
        var (body, fault) = await ReadAsync(exchange);
        return fault ?? Parse(exchange, mediaType, body);
    }

    private Fault? Parse(PostExchange exchange, in MediaType mediaType, ReadOnlyMemory<byte> body)
    {
        var plan = exchange.Plan;
        var parsed = _readers.GetValue(plan, MakeReader).Read(mediaType, body);
        if (parsed.IsRefused)
        {
            return parsed.Fault;
        }

        exchange.Document = parsed.Document;
        exchange.Control = parsed.Control;
        exchange.Verdict = plan.Schema.Walk(parsed.Document.Span, exchange.Faults, plan.Declaration.Limits.Depth);
        if (exchange.Verdict != JsonVerdict.Malformed)
        {
            return null;
        }

        // What is not JSON is no document: it must not be logged or shown as one.
        exchange.Document = default;
        return JsonFault.From(exchange.Faults.Malformation!, plan);
    }

    private static FormReader MakeReader(EndpointPlan plan) => new(
        plan.Schema, plan.Declaration.Limits, plan.Declaration.Spam.Honeypot, readsJsonAsForm: true);

    private static async ValueTask<(ReadOnlyMemory<byte> Body, Fault? Fault)> ReadAsync(PostExchange exchange)
    {
        var request = exchange.Http.Request;
        var limit = exchange.Plan.Declaration.Limits.Body;
        AllowUpTo(limit, request.HttpContext);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? 1024, FirstBufferBytes));
        var length = 0;
        try
        {
            while (true)
            {
                var result = await request.BodyReader.ReadAsync(CancellationToken.None);
                if (length + result.Buffer.Length > limit)
                {
                    request.BodyReader.AdvanceTo(result.Buffer.End);
                    return (default, BodyLimit.Exceeded(limit, null));
                }

                buffer = Grow(buffer, length, (int)result.Buffer.Length);
                result.Buffer.CopyTo(buffer.AsSpan(length));
                length += (int)result.Buffer.Length;
                request.BodyReader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return (buffer.AsMemory(0, length), null);
                }
            }
        }
        catch (BadHttpRequestException exception)
        {
            return (default, FramingFault.From(exception, exchange.Plan.Declaration.Limits.Body));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client went away while sending: nobody reads this answer, but the log line says what happened.
            return (default, FramingFault.CutOff());
        }
        finally
        {
            exchange.Keep(buffer);
        }
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

    private static byte[] Grow(byte[] buffer, int length, int more)
    {
        if (length + more <= buffer.Length)
        {
            return buffer;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + more, buffer.Length * 2));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
