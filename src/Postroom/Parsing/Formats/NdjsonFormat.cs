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
    public string Name => BodyFormatNames.Ndjson;

    public IReadOnlyList<string> MediaTypes => ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    public bool HasTypes => true;

    public Fault? Read(ReadOnlySpan<byte> body, BodyContext context, DocumentWriter document)
    {
        FormRules? rules = context.Rules?.Items ?? context.Rules;
        NdjsonLines lines = new(body);
        int items = 0;
        document.IsForm = true;
        if (context.TakesList)
        {
            document.StartArray();
        }

        while (!document.Failed && lines.Next())
        {
            if (Judge(++items, context) is { } fault)
            {
                return fault;
            }

            if (rules is null || !IsPlain(lines.Text, rules))
            {
                document.IsForm = false;
                if (Judge(lines, context.Limits.Depth) is { } malformed)
                {
                    return malformed;
                }
            }

            document.Raw(lines.Text);
        }

        if (context.TakesList)
        {
            document.EndArray();
        }

        return null;
    }

    /// <summary>Names the line that makes the document no JSON; null when there is none.</summary>
    public static Fault? Explain(ReadOnlySpan<byte> body, int depthMax)
    {
        NdjsonLines lines = new(body);
        while (lines.Next())
        {
            if (Judge(lines, depthMax) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>
    /// True for one object that stays as it is. It may yet be no JSON, but its brackets end with the line: so the walk
    /// over the list finds what is wrong in it, and no line can make the end of another.
    /// </summary>
    private static bool IsPlain(ReadOnlySpan<byte> text, FormRules rules) =>
        FormJsonScan.Scan(text, rules, out _, out int length) == FormJsonVerdict.Keep && length == text.Length;

    private static Fault? Judge(in NdjsonLines lines, int depthMax)
    {
        SchemaFaults faults = new(1);
        return CompiledSchema.Any.Walk(lines.Text, faults, depthMax) == JsonVerdict.Malformed
            ? Malformed(lines.Number, faults.Malformation!, depthMax)
            : null;
    }

    private static Fault? Judge(int items, BodyContext context) =>
        items > 1 && !context.TakesList ? FormatFaults.OneOnly(FaultCatalogue.MalformedJson, "line")
        : items > context.Limits.Items ? FormatFaults.TooManyItems(context.Limits.Items)
        : null;

    private static Fault Malformed(int line, Malformation malformation, int depthMax) =>
        malformation.Code == MalformationCodes.TooDeep
            ? ParsingFaults.TooDeep(depthMax)
            : new Fault(FaultCatalogue.MalformedJson,
                $"Line {line} is not valid JSON at column {malformation.Column}: {malformation.Message}. "
                + "Every line is one JSON text.");
}
