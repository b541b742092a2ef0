using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
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
internal sealed class ParsingStage(
    MediaTypes mediaTypes, IPostStore store, IFileStore files, BodyMemory memory) : IPostStage
{
    // A plan that a reload has replaced takes its reader with it.
    private readonly ConditionalWeakTable<EndpointPlan, FormReader> _readers = [];

    public string Name => "parsing";

    public ValueTask<Fault?> RunAsync(PostExchange exchange) => exchange.Action switch
    {
        PostAction.Update => ReadPatchAsync(exchange),
        PostAction.Delete or PostAction.Confirm => NothingToRead(exchange),
        _ => ReadAsync(exchange),
    };

    private static ValueTask<Fault?> NothingToRead(PostExchange exchange)
    {
        exchange.BodyIsRead = true;
        return default;
    }

    /// <summary>Whether the fields of a patch are right shows once they are in the record.</summary>
    private async ValueTask<Fault?> ReadPatchAsync(PostExchange exchange)
    {
        if (PatchFormat.Judge(exchange.Http.Request.Headers) is { } unread)
        {
            return unread;
        }

        exchange.MediaType = MediaTypeNames.MergePatch;
        var (body, fault) = await BodyBuffer.ReadAsync(exchange, memory);
        exchange.Body = body;
        if (fault is not null)
        {
            return fault;
        }

        var parsed = _readers.GetValue(exchange.Plan, MakeReader).Read(new MediaType(BodyFormat.Json), body);
        return parsed.Fault ?? RecordBody.Accept(exchange, parsed.Document, CompiledSchema.Any, fillsDefaults: false);
    }

    private async ValueTask<Fault?> ReadAsync(PostExchange exchange)
    {
        var header = exchange.Http.Request.Headers.ContentType;
        if (exchange.Plan.Upload is not null)
        {
            return await ReadUploadAsync(exchange);
        }

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
        if (mediaType.Format == BodyFormat.Multipart && exchange.Plan.Files is { } rules)
        {
            return await ReadFilesAsync(exchange, mediaType, rules);
        }

        var (body, fault) = await BodyBuffer.ReadAsync(exchange, memory);
        exchange.Body = body;
        return fault ?? await ParseAsync(exchange, mediaType, body);
    }

    private ValueTask<Fault?> ParseAsync(PostExchange exchange, in MediaType mediaType, ReadOnlyMemory<byte> body)
    {
        var reader = _readers.GetValue(exchange.Plan, MakeReader);
        if (mediaType.Format == BodyFormat.Multipart)
        {
            return ParseMultipartAsync(exchange, reader, mediaType, body);
        }

        var parsed = reader.Read(mediaType, body);
        return new(InTermsOf(mediaType, parsed.Fault)
            ?? (Accept(exchange, reader, parsed, isJson: mediaType.Format != BodyFormat.Other) is { } malformed
                ? reader.Explain(mediaType, body.Span) ?? malformed
                : null));
    }

    /// <summary>All formats become fields of a form; what those must not hold is a fault of what came.</summary>
    private static Fault? InTermsOf(in MediaType mediaType, Fault? fault)
    {
        if (fault?.Kind != FaultCatalogue.MalformedForm || mediaType.Format == BodyFormat.Urlencoded)
        {
            return fault;
        }

        return fault with
        {
            Kind = mediaType.Format == BodyFormat.Json ? FaultCatalogue.MalformedJson : mediaType.Other!.Name switch
            {
                BodyFormatNames.Xml => FaultCatalogue.MalformedXml,
                BodyFormatNames.Csv => FaultCatalogue.MalformedCsv,
                BodyFormatNames.Ndjson => FaultCatalogue.MalformedJson,
                _ => FaultCatalogue.MalformedBody,
            },
        };
    }

    /// <summary>A form that takes no files is read whole, so that it can be kept as it came.</summary>
    private static async ValueTask<Fault?> ParseMultipartAsync(
        PostExchange exchange, FormReader reader, MediaType mediaType, ReadOnlyMemory<byte> body)
    {
        var source = PipeReader.Create(new ReadOnlySequence<byte>(body));
        var parsed = await reader.ReadMultipartAsync(mediaType.Boundary, source, body.Length, files: null);
        return parsed.Fault ?? Accept(exchange, reader, parsed, isJson: true);
    }

    private async ValueTask<Fault?> ReadUploadAsync(PostExchange exchange)
    {
        var fault = UploadBody.Judge(exchange, store, files, out var digest);
        if (fault is not null)
        {
            return fault;
        }

        var type = exchange.Http.Request.ContentType;
        if (type?.StartsWith(MediaTypeNames.Multipart, StringComparison.OrdinalIgnoreCase) != true)
        {
            fault = await ReadRawAsync(exchange, digest);
        }
        else
        {
            exchange.MediaType = MediaTypeNames.Multipart;
            fault = mediaTypes.Read(type, exchange.Plan.Formats, out var mediaType)
                ?? await ReadFilesAsync(exchange, mediaType, exchange.Plan.Files!, digest);
        }

        return fault ?? (exchange.Digest?.Fits() == false ? UploadFaults.DigestMismatch : null);
    }

    /// <summary>A body that is one file.</summary>
    private async ValueTask<Fault?> ReadRawAsync(PostExchange exchange, ExpectedDigest? digest)
    {
        var headers = exchange.Http.Request.Headers;
        var reader = _readers.GetValue(exchange.Plan, MakeReader);
        var limit = exchange.Plan.Declaration.Limits.File;
        exchange.MediaType = RequestFileName.TypeOf(headers.ContentType) ?? FileSniffer.Unknown;
        exchange.Staged = new StagedFiles(files);
        using var intake = new FileIntake(
            reader.Rules, exchange.Plan.Files!, exchange.Staged, store.Ids, static _ => null);
        try
        {
            var source = BodySource.Open(exchange, limit, digest);
            var parsed = await UploadBody.ReadAsync(source, reader.Rules, exchange.Plan, headers, intake);
            exchange.BodyIsRead = !parsed.IsRefused;
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

    private async ValueTask<Fault?> ReadFilesAsync(
        PostExchange exchange, MediaType mediaType, FileRules rules, ExpectedDigest? digest = null)
    {
        var reader = _readers.GetValue(exchange.Plan, MakeReader);
        var lengthMax = rules.BodyMax;
        exchange.Staged = new StagedFiles(files);
        using var intake = new FileIntake(
            reader.Rules, rules, exchange.Staged, store.Ids, bytes => exchange.Hold(memory, bytes));
        var frame = exchange.Plan.Declaration.Quarantine > TimeSpan.Zero ? new FrameWriter() : null;
        try
        {
            var source = BodySource.Open(exchange, lengthMax, digest);
            var parsed = await reader.ReadMultipartAsync(
                mediaType.Boundary, source, BodySource.LimitOf(exchange), intake, frame);
            exchange.BodyIsRead = !parsed.IsRefused || await BodyRest.SkipAsync(source, lengthMax);
            return parsed.Fault ?? AcceptFramed(exchange, reader, parsed, frame);
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

    /// <summary>What was refused half-way has no frame: the files behind that place were never taken.</summary>
    private static Fault? AcceptFramed(
        PostExchange exchange, FormReader reader, in ParsedBody parsed, FrameWriter? frame)
    {
        var fault = Accept(exchange, reader, parsed, isJson: true);
        if (fault is null && frame is not null)
        {
            exchange.Body = frame.Bytes;
            exchange.BodyGaps = frame.Gaps;
        }

        return fault;
    }

    private static Fault? Accept(PostExchange exchange, FormReader reader, in ParsedBody parsed, bool isJson)
    {
        var plan = exchange.Plan;
        exchange.Control = parsed.Control;
        if (plan.BatchOf is not null)
        {
            return BatchBody.Accept(exchange, parsed.Document, isJson);
        }

        if (plan.Resource is not null)
        {
            return RecordBody.Accept(exchange, parsed.Document, plan.Schema, fillsDefaults: true, isJson);
        }

        exchange.Document = parsed.Document;
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
        plan.Schema, plan.Declaration.Limits, plan.Declaration.Spam.Honeypot,
        readsJsonAsForm: plan.Resource is null,
        namespaces: plan.Declaration.XmlNamespaces, service: plan.Declaration.Compatible);
}
