using System.Runtime.CompilerServices;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Plans;

namespace Postroom.Parsing;

/// <summary>
/// Reads the body within its limit and makes one document of it, whatever its format. The same walk that checks the
/// JSON notes the faults of the schema; they are judged later, after repeats were answered.
/// </summary>
internal sealed class ParsingStage(MediaTypes mediaTypes) : IPostStage
{
    // A plan that a reload has replaced takes its reader with it.
    private readonly ConditionalWeakTable<EndpointPlan, FormReader> _readers = [];

    public string Name => "parsing";

    public async ValueTask<Fault?> RunAsync(PostExchange exchange)
    {
        var header = exchange.Http.Request.Headers.ContentType;
        var taken = exchange.Plan.Formats;
        if (mediaTypes.Read(header.ToString(), taken, out var mediaType) is { } unread)
        {
            // Accept-Post (Linked Data Platform 1.0 §7.1): a 415 says what would be taken.
            return unread with { Headers = [new("Accept-Post", taken.AcceptPost)], ClosesConnection = true };
        }

        exchange.MediaType = mediaType.Format switch
        {
            BodyFormat.Json => MediaTypeNames.Json,
            BodyFormat.Urlencoded => MediaTypeNames.Urlencoded,
            BodyFormat.Multipart => MediaTypeNames.Multipart,
            _ => mediaType.Other!.MediaTypes[0],
        };
        var (body, fault) = await BodyBuffer.ReadAsync(exchange);
        exchange.Body = body;
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
        return JsonFault.From(exchange.Faults.Malformation!, plan, isJson: mediaType.Format != BodyFormat.Other);
    }

    private static FormReader MakeReader(EndpointPlan plan) => new(
        plan.Schema, plan.Declaration.Limits, plan.Declaration.Spam.Honeypot, readsJsonAsForm: true,
        namespaces: plan.Declaration.XmlNamespaces, service: plan.Declaration.Compatible);
}
