using System.IO.Pipelines;
using System.Text;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Parsing;
using Postroom.Plans;

namespace Postroom.Tests.Parsing;

/// <summary>Reads bodies as an endpoint would, in few words.</summary>
internal sealed class Reading
{
    public const string Boundary = "----FormBoundary7MA4YWxk";

    private readonly FormReader _reader;

    public Reading(string schema = "{}", LimitsDeclaration? limits = null, bool asForm = true, bool cleans = true,
        IReadOnlyDictionary<string, string>? namespaces = null, FormService? service = null)
    {
        SchemaCompilation compilation = CompiledSchema.Compile(
            Encoding.UTF8.GetBytes(schema), SchemaOptions.AssertingFormats);
        Assert.Empty(compilation.Errors);
        Limits = limits ?? new LimitsDeclaration();
        _reader = new FormReader(
            compilation.Schema!, Limits, ["_gotcha", "botcheck"], asForm, cleans, namespaces, service);
    }

    private static readonly MediaTypes Types = new(new BodyFormats([]));

    public LimitsDeclaration Limits { get; }

    public static Fault? TypeOf(string? header, out MediaType mediaType) =>
        TypeOf(header, BodyFormatNames.Default, out mediaType);

    public static Fault? TypeOf(string? header, IEnumerable<string> formats, out MediaType mediaType) =>
        Types.Read(header, new TakenFormats(formats, FormatTypes.BuiltIn), out mediaType);

    /// <summary>Reads a body as what its media type says, on an endpoint that takes every format.</summary>
    public ParsedBody As(string mediaType, string body) => As(mediaType, Encoding.UTF8.GetBytes(body));

    public ParsedBody As(string mediaType, byte[] body)
    {
        Assert.Null(TypeOf(mediaType, BodyFormatNames.All, out MediaType type));
        return type.Format == BodyFormat.Multipart
            ? ReadMultipart(type.Boundary, body)
            : Explain(type, body, _reader.Read(type, body));
    }

    /// <summary>Goes on as the stage does: what turns out to be no JSON is refused with its place.</summary>
    private ParsedBody Explain(MediaType type, byte[] body, ParsedBody parsed) =>
        !parsed.IsRefused
        && CompiledSchema.Any.Walk(parsed.Document.Span, new SchemaFaults(), Limits.Depth) == JsonVerdict.Malformed
        && _reader.Explain(type, body) is { } fault
            ? ParsedBody.Refused(fault)
            : parsed;

    public ParsedBody Json(string body) => Read(BodyFormat.Json, Encoding.UTF8.GetBytes(body));

    public ParsedBody Json(byte[] body) => Read(BodyFormat.Json, body);

    public ParsedBody Urlencoded(string body) => Read(BodyFormat.Urlencoded, Encoding.UTF8.GetBytes(body));

    public ParsedBody Multipart(string body) => Read(BodyFormat.Multipart, Encoding.UTF8.GetBytes(body));

    public ParsedBody Multipart(IEnumerable<(string Name, string Value)> pairs) =>
        Read(BodyFormat.Multipart, Browser.Multipart(pairs, Boundary));

    public ParsedBody Read(BodyFormat format, byte[] body)
    {
        return format == BodyFormat.Multipart
            ? ReadMultipart(Encoding.ASCII.GetBytes(Boundary), body)
            : _reader.Read(new MediaType(format), body);
    }

    private ParsedBody ReadMultipart(ReadOnlyMemory<byte> boundary, byte[] body) =>
        _reader.ReadMultipartAsync(boundary, PipeReader.Create(new(body)), Limits.Body, null).AsTask().GetAwaiter()
            .GetResult();

    /// <summary>The document as text; a refusal fails the test with its message.</summary>
    public static string Text(ParsedBody body)
    {
        Assert.Null(body.Fault);
        return Encoding.UTF8.GetString(body.Document.Span);
    }
}
