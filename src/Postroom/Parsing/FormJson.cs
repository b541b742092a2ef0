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
    /// <param name="isJson">True for what is known to be well-formed and without duplicates.</param>
    public static ParsedBody Read(
        ReadOnlyMemory<byte> body, FormRules rules, bool wrapsGroups = false, bool isJson = false)
    {
        FormJsonVerdict verdict = FormJsonScan.Scan(body.Span, rules, out Fault? fault, out _);
        switch (verdict)
        {
            case FormJsonVerdict.Keep when !wrapsGroups || rules.Shape.IsPlain:
                return ParsedBody.AsSent(body);
            case FormJsonVerdict.Refused:
                return ParsedBody.Refused(fault!);
            case FormJsonVerdict.NotAnObject when rules.Items is { } items && IsArray(body.Span):
                return FormList.Read(body, items, wrapsGroups, isJson);
            default:
                return !isJson && !IsJson(body.Span, rules) ? ParsedBody.AsSent(body)
                    : verdict == FormJsonVerdict.NotAnObject ? ParsedBody.Refused(ParsingFaults.NotAnObject)
                    : Rewrite(body.Span, rules, wrapsGroups);
        }
    }

    /// <summary>The reading below trusts its text; what is not JSON is left to the walk that refuses it.</summary>
    public static bool IsJson(ReadOnlySpan<byte> json, FormRules rules) =>
        CompiledSchema.Any.Walk(json, new SchemaFaults(1), rules.Limits.Depth) == JsonVerdict.Valid;

    /// <summary>Writes one item of a list, a well-formed object, as the document of its fields.</summary>
    public static Fault? Rewrite(ReadOnlySpan<byte> json, FormRules rules, bool wrapsGroups, JsonOutput output)
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            using FormDocument document = new(text, rules, hasAccessKey: false);
            FormJsonReader reader = new(json, text, document, rules, wrapsGroups);
            return reader.ReadDocument() ?? document.WriteTo(output);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

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

    private static bool IsArray(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8).StartsWith((byte)'[');
}
