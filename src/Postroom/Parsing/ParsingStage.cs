using System.Runtime.CompilerServices;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Parsing.Uploads;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Parsing;

/// <summary>
/// Reads the body within its limit and makes one document of it, whatever its format. The same walk that checks the
/// JSON notes the faults of the schema; they are judged later, after repeats were answered.
/// </summary>
internal sealed class ParsingStage(MediaTypes mediaTypes, IPostStore store, IFileStore files) : IPostStage
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
        if (mediaType.Format == BodyFormat.Multipart)
        {
            return await ReadMultipartAsync(exchange, mediaType);
        }

        var (body, fault) = await BodyBuffer.ReadAsync(exchange);
        exchange.Body = body;
        return fault ?? Parse(exchange, mediaType, body);
    }

    private Fault? Parse(PostExchange exchange, in MediaType mediaType, ReadOnlyMemory<byte> body)
    {
        var reader = _readers.GetValue(exchange.Plan, MakeReader);
        var parsed = reader.Read(mediaType, body);
        return parsed.Fault ?? Accept(exchange, reader, parsed, isJson: mediaType.Format != BodyFormat.Other);
    }

    private async ValueTask<Fault?> ReadMultipartAsync(PostExchange exchange, MediaType mediaType)
    {
        var plan = exchange.Plan;
        var reader = _readers.GetValue(plan, MakeReader);
        var lengthMax = plan.Files?.BodyMax ?? plan.Declaration.Limits.Body;
        exchange.Staged = plan.Files is null ? null : new StagedFiles(files);
        using var intake = plan.Files is { } rules
            ? new FileIntake(reader.Rules, rules, exchange.Staged!, store.Ids)
            : null;
        try
        {
            var source = BodySource.Open(exchange, lengthMax);
            var parsed = await reader.ReadMultipartAsync(
                mediaType.Boundary, source, BodySource.LimitOf(exchange), intake);
            exchange.BodyIsRead = !parsed.IsRefused || await BodyRest.SkipAsync(source, lengthMax);
            return parsed.Fault ?? Accept(exchange, reader, parsed, isJson: true);
        }
        catch (StorageFullException)
        {
            return StoreFault.From(UnitOutcome.Full);
        }
        catch (Exception exception) when (BodySource.FaultOf(exception, exchange) is { } fault)
        {
            return fault;
        }
    }

    private static Fault? Accept(PostExchange exchange, FormReader reader, in ParsedBody parsed, bool isJson)
    {
        var plan = exchange.Plan;

        exchange.Document = parsed.Document;
        exchange.Control = parsed.Control;
        exchange.Verdict = plan.Schema.Walk(parsed.Document.Span, exchange.Faults, plan.Declaration.Limits.Depth);
        if (exchange.Verdict != JsonVerdict.Malformed)
        {
            FindFiles(exchange, reader.Rules.Shape, parsed.Files);
            return null;
        }

        // What is not JSON is no document: it must not be logged or shown as one.
        exchange.Document = default;
        return JsonFault.From(exchange.Faults.Malformation!, plan, isJson);
    }

    private static void FindFiles(PostExchange exchange, FormShape shape, IReadOnlyList<FilePlace> places)
    {
        if (places.Count == 0 && !shape.HasFiles)
        {
            return;
        }

        var staged = exchange.Staged?.Files ?? [];
        exchange.FileFaults = FilePlaces.Find(exchange.Document.Span, shape, places, staged);
        exchange.Files = [.. staged.Select(file => file.ToEntryFile())];
    }

    private static FormReader MakeReader(EndpointPlan plan) => new(
        plan.Schema, plan.Declaration.Limits, plan.Declaration.Spam.Honeypot, readsJsonAsForm: true,
        namespaces: plan.Declaration.XmlNamespaces, service: plan.Declaration.Compatible);
}
