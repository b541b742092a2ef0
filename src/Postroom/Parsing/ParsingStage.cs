using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.JsonSchema;

namespace Postroom.Parsing;

/// <summary>
/// Reads the body within its limit and makes one document of it, whatever its format. The same walk that checks the JSON
/// notes the faults of the schema; they are judged later, after repeats were answered.
/// </summary>
internal sealed class ParsingStage : IPostStage
{
    private const int FirstBufferBytes = 4096;

    public string Name => "parsing";

    public async ValueTask<Fault?> RunAsync(PostExchange exchange)
    {
        var (body, fault) = await ReadAsync(exchange);
        return fault ?? Parse(exchange, body);
    }

    private static Fault? Parse(PostExchange exchange, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return new Fault(FaultCatalogue.EmptyBody, "The body is empty. Send the fields in it.");
        }

        var plan = exchange.Plan;
        exchange.Document = body;
        exchange.Verdict = plan.Schema.Walk(exchange.Document.Span, exchange.Faults, plan.Declaration.Limits.Depth);
        return exchange.Verdict == JsonVerdict.Malformed ? JsonFault.From(exchange.Faults.Malformation!, plan) : null;
    }

    private static async ValueTask<(ReadOnlyMemory<byte> Body, Fault? Fault)> ReadAsync(PostExchange exchange)
    {
        var request = exchange.Http.Request;
        var limit = exchange.Plan.Declaration.Limits.Body;
        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? FirstBufferBytes));
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
