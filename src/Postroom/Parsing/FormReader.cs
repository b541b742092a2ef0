using System.IO.Pipelines;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Parsing.Formats;
using Postroom.Parsing.Uploads;

namespace Postroom.Parsing;

/// <summary>
/// Turns the bodies of one endpoint into documents: the room's only door. Made once from the declaration, used by any
/// number of threads, keeps nothing between calls. Text formats become JSON; JSON keeps its bytes wherever that is
/// right.
/// </summary>
internal sealed class FormReader(
    CompiledSchema schema,
    LimitsDeclaration limits,
    IReadOnlyCollection<string> honeypots,
    bool readsJsonAsForm,
    bool cleansText = true,
    IReadOnlyDictionary<string, string>? namespaces = null,
    FormService? service = null)
{
    private const int MultipartFirstBytes = 4096;

    private readonly FormRules _rules = new(schema, limits, honeypots, cleansText, service);

    public FormRules Rules => _rules;

    private readonly string _textField = TextFieldOf(schema);

    private readonly IReadOnlyDictionary<string, string> _namespaces =
        namespaces ?? System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// Reads one body. JSON that comes back as it was sent has not been judged: the walk over the schema that follows
    /// tells whether it is JSON at all.
    /// </summary>
    public ParsedBody Read(in MediaType mediaType, ReadOnlyMemory<byte> body)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return ParsedBody.Refused(ParsingFaults.EmptyBody);
        }

        return mediaType.Format switch
        {
            BodyFormat.Json => ReadJson(body),
            BodyFormat.Urlencoded => ReadUrlencoded(body.Span),
            _ => ReadOther(mediaType.Other!, mediaType.Charset, body.Span),
        };
    }

    private ParsedBody ReadJson(ReadOnlyMemory<byte> body)
    {
        if (BodyLooks.LikeUrlencoded(body.Span))
        {
            return ParsedBody.Refused(ParsingFaults.FormSentAsJson);
        }

        if (BodyLooks.LikeMultipart(body.Span))
        {
            return ParsedBody.Refused(ParsingFaults.MultipartSentAsOther);
        }

        if (BodyLooks.LikeObjectText(body.Span))
        {
            return ParsedBody.Refused(ParsingFaults.ObjectText);
        }

        bool isPlain = body.Span[0] is (byte)'{' or (byte)'[' && !body.Span[1..].StartsWith((byte)0);
        if (!isPlain && MisreadJson(body.Span) is { } slip)
        {
            return ParsedBody.Refused(slip);
        }

        if (readsJsonAsForm)
        {
            return FormJson.Read(body, _rules);
        }

        // The limits count whatever becomes of the values.
        return FormJsonScan.Scan(body.Span, _rules, out Fault? fault, out _) == FormJsonVerdict.Refused
            ? ParsedBody.Refused(fault!)
            : ParsedBody.AsSent(body);
    }

    /// <summary>The slips of those who send JSON, each with its own words.</summary>
    private static Fault? MisreadJson(ReadOnlySpan<byte> body) =>
        body.StartsWith("\uFEFF"u8) ? ParsingFaults.JsonHasMark
        : BodyLooks.LikeUtf16(body) ? ParsingFaults.JsonIsWide
        : BodyLooks.LikeXml(body) ? ParsingFaults.XmlSentAs("JSON")
        : null;

    private ParsedBody ReadOther(IBodyFormat format, string? charset, ReadOnlySpan<byte> body)
    {
        BodyContext context = new()
        {
            Charset = charset,
            Limits = limits,
            TakesList = _rules.TakesList,
            TextField = _textField,
            Namespaces = _namespaces,
            Rules = _rules,
        };
        using DocumentWriter document = new(body.Length + 64, limits.Depth, limits.Body);
        Fault? fault = format.Read(body, context, document);
        if ((document.Fault ?? fault) is { } refusal)
        {
            return ParsedBody.Refused(refusal);
        }

        if (!document.IsComplete)
        {
            return ParsedBody.Refused(new Fault(FaultCatalogue.MalformedBody,
                "The body ends before its document does. Send it again, whole."));
        }

        byte[] json = document.ToArray();
        if (document.IsForm || (format.HasTypes && !readsJsonAsForm))
        {
            return ParsedBody.Rewritten(json, null);
        }

        ParsedBody parsed = FormJson.Read(json, _rules, wrapsGroups: !format.HasTypes, document.IsJson);
        return parsed.KeptAsSent ? ParsedBody.Rewritten(json, null) : parsed;
    }

    /// <summary>
    /// Tells of a body whose document turned out to be no JSON where in it that comes from; null when nobody knows.
    /// </summary>
    public Fault? Explain(in MediaType mediaType, ReadOnlySpan<byte> body) =>
        mediaType.Other is NdjsonFormat ? NdjsonFormat.Explain(body, limits.Depth) : null;

    /// <summary>The only property that takes a text, else <c>text</c>.</summary>
    private static string TextFieldOf(CompiledSchema schema)
    {
        bool isObject = (schema.Root.Types & SchemaTypes.Object) != 0;
        SchemaView view = isObject ? schema.Root : schema.Root.Items ?? schema.Root;
        string[] texts =
        [
            .. view.Properties.Where(property => (property.Schema.Types & ~SchemaTypes.Null) == SchemaTypes.String)
                .Select(property => property.Name),
        ];
        return texts.Length == 1 ? texts[0] : "text";
    }

    private ParsedBody ReadUrlencoded(ReadOnlySpan<byte> body)
    {
        if (BodyLooks.LikeJson(body))
        {
            return ParsedBody.Refused(
                BodyLooks.LikeObjectText(body) ? ParsingFaults.ObjectText : ParsingFaults.JsonSentAsForm);
        }

        if (BodyLooks.LikeMultipart(body))
        {
            return ParsedBody.Refused(ParsingFaults.MultipartSentAsOther);
        }

        if (body[0] == '<' && BodyLooks.LikeXml(body))
        {
            return ParsedBody.Refused(ParsingFaults.XmlSentAs("form data"));
        }

        using FormFields fields = new(body.Length);
        Fault? fault = UrlencodedParser.Parse(body, _rules.Limits, fields);
        return fault is null ? FormDocument.Build(fields, _rules) : ParsedBody.Refused(fault);
    }

    /// <summary>Reads a multipart body as it comes.</summary>
    /// <param name="boundary">The boundary, judged valid.</param>
    /// <param name="source">The body.</param>
    /// <param name="bodyMax">Bytes of everything that is not in a file.</param>
    /// <param name="files">Takes the files; null when the endpoint takes none.</param>
    /// <param name="frame">Takes down all but the contents of files; null when nobody wants it.</param>
    public async ValueTask<ParsedBody> ReadMultipartAsync(
        ReadOnlyMemory<byte> boundary, PipeReader source, long bodyMax, FileIntake? files, FrameWriter? frame = null)
    {
        using FormFields fields = new(MultipartFirstBytes);
        using MultipartReader reader = new(source, boundary.Span, _rules.Limits, bodyMax, fields, files, frame);
        Fault? fault = await reader.ReadAsync();
        return fault is null ? FormDocument.Build(fields, _rules) : ParsedBody.Refused(fault);
    }
}
