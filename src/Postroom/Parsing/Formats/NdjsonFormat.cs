using Postroom.Declarations;
using Postroom.Faults;
using Postroom.JsonSchema;

namespace Postroom.Parsing.Formats;

/// <summary>
/// NDJSON: one JSON text a line (https://github.com/ndjson/ndjson-spec). Lines end with LF or CRLF; empty lines are
/// skipped.
/// </summary>
internal sealed class NdjsonFormat : IBodyFormat
{
    private static readonly byte[] s_whiteSpace = [.. " \t\r"u8];

    public string Name => BodyFormatNames.Ndjson;

    public IReadOnlyList<string> MediaTypes => ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    public bool HasTypes => true;

    public Fault? Read(ReadOnlySpan<byte> body, BodyContext context, DocumentWriter document)
    {
        body = ByteOrderMark.Skip(body);
        SchemaFaults faults = new(1);
        int items = 0;
        if (context.TakesList)
        {
            document.StartArray();
        }

        for (int line = 1; !body.IsEmpty && !document.Failed; line++)
        {
            int end = body.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = (end < 0 ? body : body[..end]).Trim(s_whiteSpace);
            body = end < 0 ? default : body[(end + 1)..];
            if (text.IsEmpty)
            {
                continue;
            }

            if (Judge(++items, context) is { } fault)
            {
                return fault;
            }

            if (CompiledSchema.Any.Walk(text, faults, context.Limits.Depth) == JsonVerdict.Malformed)
            {
                return Malformed(line, faults.Malformation!, context.Limits.Depth);
            }

            document.Raw(text);
        }

        if (context.TakesList)
        {
            document.EndArray();
        }

        return null;
    }

    private static Fault? Judge(int items, BodyContext context) =>
        items > 1 && !context.TakesList ? FormatFaults.OneOnly(FaultCatalogue.MalformedJson, "line")
        : items > context.Limits.Items ? FormatFaults.TooManyItems(context.Limits.Items)
        : null;

    private static Fault Malformed(int line, Malformation malformation, int depthMax) =>
        malformation.Code == MalformationCodes.TooDeep
            ? ParsingFaults.TooDeep(depthMax)
            : new Fault(FaultCatalogue.MalformedJson,
                $"Line {line} is not valid JSON at column {malformation.Column}: {malformation.Message} "
                + "Every line is one JSON text.");
}
