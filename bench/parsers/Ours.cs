using System.IO.Pipelines;
using System.Text;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.JsonSchema;
using Postroom.Parsing;
using Postroom.Parsing.Decoding;
using Postroom.Parsing.Formats;
using Postroom.Parsing.Uploads;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Bench.Parsers;

/// <summary>
/// What a POST of each format goes through in the stage that parses: the body becomes a document, and the document is
/// walked (UTF-8, escapes, duplicates, depth) as it always is.
/// </summary>
internal static class Ours
{
    private const long Unlimited = 100_000_000;

    private static readonly LimitsDeclaration Limits = new()
    {
        Body = Unlimited, File = Unlimited, Fields = 100_000, Value = (int)Unlimited, Index = 100_000,
    };

    private static readonly CompiledSchema Table = CompiledSchema.Compile("""{"type":"array"}"""u8).Schema!;
    private static readonly FormReader Forms = new(CompiledSchema.Any, Limits, ["_gotcha"], readsJsonAsForm: true);
    private static readonly FormReader Tables = new(Table, Limits, [], readsJsonAsForm: true);
    private static readonly byte[] Boundary = Encoding.ASCII.GetBytes(Bodies.Boundary);
    private static readonly XmlFormat XmlFormat = new();
    private static readonly CsvFormat CsvFormat = new();
    private static readonly NdjsonFormat NdjsonFormat = new();
    private static readonly DiscardedFiles Discarded = new();
    private static readonly FileRules AnyFile = new(AnyField: true, [], Unlimited);
    private static readonly EntryIdSource Ids = new(TimeProvider.System, EntropySource.System);
    private static readonly SchemaFaults Faults = new();

    public static ValueTask<long> Urlencoded(byte[] body) =>
        Read(Forms, CompiledSchema.Any, new(BodyFormat.Urlencoded), body);

    public static ValueTask<long> Json(byte[] body) => Read(Forms, CompiledSchema.Any, new(BodyFormat.Json), body);

    public static async ValueTask<long> MultipartAsync(byte[] body)
    {
        var staged = new StagedFiles(Discarded);
        using var intake = new FileIntake(Forms.Rules, AnyFile, staged, Ids, hold: _ => null);
        var source = PipeReader.Create(new MemoryStream(body));
        var parsed = await Forms.ReadMultipartAsync(Boundary, source, Unlimited, intake);
        await staged.EndAsync();
        return parsed.IsRefused ? throw new InvalidOperationException(parsed.Fault.Message) : parsed.Document.Length;
    }

    public static ValueTask<long> Xml(byte[] body) =>
        Read(Forms, CompiledSchema.Any, new(BodyFormat.Other, Other: XmlFormat), body);

    public static ValueTask<long> Csv(byte[] body) =>
        Read(Tables, Table, new(BodyFormat.Other, Other: CsvFormat), body);

    public static ValueTask<long> Ndjson(byte[] body) =>
        Read(Tables, Table, new(BodyFormat.Other, Other: NdjsonFormat), body);

    public static async ValueTask<long> GzipAsync(byte[] body)
    {
        await using var stream = new GzipBody(Wire(body), Unlimited, int.MaxValue);
        return await Theirs.LengthAsync(stream);
    }

    public static async ValueTask<long> BrotliAsync(byte[] body)
    {
        await using var stream = new BrotliBody(Wire(body), Unlimited, int.MaxValue);
        return await Theirs.LengthAsync(stream);
    }

    private static WireReader Wire(byte[] body) =>
        new(PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(body)), Unlimited);

    private static ValueTask<long> Read(FormReader reader, CompiledSchema schema, MediaType mediaType, byte[] body)
    {
        var parsed = reader.Read(mediaType, body);
        if (parsed.IsRefused)
        {
            throw new InvalidOperationException(parsed.Fault.Message);
        }

        return schema.Walk(parsed.Document.Span, Faults) == JsonVerdict.Valid
            ? new(parsed.Document.Length)
            : throw new InvalidOperationException(Encoding.UTF8.GetString(parsed.Document.Span));
    }
}
