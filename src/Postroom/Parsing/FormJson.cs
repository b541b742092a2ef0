using System.Buffers;
using System.Text.Json;
using Postroom.Faults;
using Postroom.JsonSchema;

namespace Postroom.Parsing;

/// <summary>
/// Reads a form that a script sent as JSON. Its strings are fields of a form: pages send
/// <c>JSON.stringify(Object.fromEntries(new FormData(form)))</c>, and that must make the same document as the native
/// submit of the same form: <c>"18"</c> is a number where the schema wants one, <c>""</c> is absent, <c>"a[b]"</c> is
/// nested.
/// </summary>
internal static class FormJson
{
    /// <param name="body">The JSON.</param>
    /// <param name="rules">The endpoint's rules.</param>
    /// <param name="wrapsGroups">True for what came without types: an object may be a list of one.</param>
    public static ParsedBody Read(ReadOnlyMemory<byte> body, FormRules rules, bool wrapsGroups = false)
    {
        switch (FormJsonScan.Scan(body.Span, rules, out Fault? fault))
        {
            case FormJsonVerdict.Keep when !wrapsGroups || rules.Shape.IsPlain:
                return ParsedBody.AsSent(body);
            case FormJsonVerdict.Refused:
                return ParsedBody.Refused(fault!);
            case var verdict when IsJson(body.Span, rules):
                return verdict != FormJsonVerdict.NotAnObject ? Rewrite(body.Span, rules, wrapsGroups)
                    : rules.Items is { } items && body.Span.TrimStart(" \t\r\n"u8)[0] == '['
                        ? FormList.Read(body, items, wrapsGroups)
                        : ParsedBody.Refused(ParsingFaults.NotAnObject);
            default:
                return ParsedBody.AsSent(body);
        }
    }

    /// <summary>The reading below trusts its text; what is not JSON is left to the walk that refuses it.</summary>
    private static bool IsJson(ReadOnlySpan<byte> json, FormRules rules) =>
        CompiledSchema.Any.Walk(json, new SchemaFaults(1), rules.Limits.Depth) == JsonVerdict.Valid;

    private static ParsedBody Rewrite(ReadOnlySpan<byte> json, FormRules rules, bool wrapsGroups)
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            bool hasAccessKey = rules.KeyedControl is not null && AccessKey.Marks(json);
            using FormDocument document = new(text, rules, hasAccessKey);
            FormJsonReader reader = new(json, text, document, rules, wrapsGroups);
            return reader.ReadDocument() is { } fault ? ParsedBody.Refused(fault) : document.Finish(json.Length + 16);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }
}
