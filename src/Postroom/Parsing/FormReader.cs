using Postroom.Declarations;
using Postroom.Faults;
using Postroom.JsonSchema;

namespace Postroom.Parsing;

/// <summary>
/// Turns the bodies of one endpoint into documents: the room's only door. Made once from the declaration, used by any
/// number of threads, keeps nothing between calls. Text formats become JSON; JSON keeps its bytes wherever that is
/// right.
/// </summary>
internal sealed class FormReader(
    CompiledSchema schema,
    LimitsDeclaration limits,
    IEnumerable<string> honeypots,
    bool readsJsonAsForm,
    bool cleansText = true)
{
    private readonly FormRules _rules = new(schema, limits, honeypots, cleansText);

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
            _ => ReadMultipart(mediaType.Boundary.Span, body.Span),
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

        return readsJsonAsForm ? FormJson.Read(body, _rules) : ParsedBody.AsSent(body);
    }

    private ParsedBody ReadUrlencoded(ReadOnlySpan<byte> body)
    {
        if (BodyLooks.LikeJson(body))
        {
            return ParsedBody.Refused(ParsingFaults.JsonSentAsForm);
        }

        if (BodyLooks.LikeMultipart(body))
        {
            return ParsedBody.Refused(ParsingFaults.MultipartSentAsOther);
        }

        using FormFields fields = new(body.Length);
        Fault? fault = UrlencodedParser.Parse(body, _rules.Limits, fields);
        return fault is null ? FormDocument.Build(fields, _rules) : ParsedBody.Refused(fault);
    }

    private ParsedBody ReadMultipart(ReadOnlySpan<byte> boundary, ReadOnlySpan<byte> body)
    {
        if (BodyLooks.LikeJson(body))
        {
            return ParsedBody.Refused(ParsingFaults.JsonSentAsForm);
        }

        using FormFields fields = new(body.Length);
        Fault? fault = MultipartParser.Parse(body, boundary, _rules.Limits, fields);
        return fault is null ? FormDocument.Build(fields, _rules) : ParsedBody.Refused(fault);
    }
}
