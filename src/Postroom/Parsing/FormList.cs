using System.Globalization;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>Reads a list of forms: each item by the rules of one form, so that limits are those of one.</summary>
internal static class FormList
{
    /// <param name="json">What begins like an array.</param>
    /// <param name="rules">The rules of an item.</param>
    /// <param name="wrapsGroups">True for what came without types.</param>
    /// <param name="isJson">True for what is known to be well-formed.</param>
    public static ParsedBody Read(ReadOnlyMemory<byte> json, FormRules rules, bool wrapsGroups, bool isJson)
    {
        FormJsonVerdict verdict = Scan(json.Span, rules, out Fault? fault);
        if (verdict == FormJsonVerdict.Refused)
        {
            return ParsedBody.Refused(fault!);
        }

        bool isKept = verdict == FormJsonVerdict.Keep && (!wrapsGroups || rules.Shape.IsPlain);
        if (isKept || !(isJson || FormJson.IsJson(json.Span, rules)))
        {
            return ParsedBody.AsSent(json);
        }

        return fault is null ? Rewrite(json.Span, rules, wrapsGroups) : ParsedBody.Refused(fault);
    }

    /// <summary>Tells what becomes of the items: of all, or of the first that cannot be taken.</summary>
    private static FormJsonVerdict Scan(ReadOnlySpan<byte> json, FormRules rules, out Fault? fault)
    {
        FormJsonVerdict verdict = FormJsonVerdict.Keep;
        FormListScan items = new(json, rules);
        while (items.Next())
        {
            if (items.Verdict != FormJsonVerdict.Keep)
            {
                verdict = items.Verdict;
            }

            if (items.Fault is not null)
            {
                break;
            }
        }

        fault = items.Fault;
        return verdict;
    }

    private static ParsedBody Rewrite(ReadOnlySpan<byte> json, FormRules rules, bool wrapsGroups)
    {
        using JsonOutput output = new(json.Length + 16);
        bool keepsPlain = !wrapsGroups || rules.Shape.IsPlain;
        FormListScan items = new(json, rules);
        while (items.Next())
        {
            output.Byte(items.Count == 1 ? (byte)'[' : (byte)',');
            if (items.Verdict == FormJsonVerdict.Keep && keepsPlain)
            {
                output.Raw(items.Item);
            }
            else if (FormJson.Rewrite(items.Item, rules, wrapsGroups, output) is { } fault)
            {
                return ParsedBody.Refused(At(items.Count - 1, fault));
            }
        }

        output.Byte((byte)']');
        return ParsedBody.Rewritten(output.ToArray(), null);
    }

    /// <summary>A fault of one item as one of the list.</summary>
    public static Fault At(int position, Fault fault) => fault with
    {
        Message = string.Create(CultureInfo.InvariantCulture, $"Item {position + 1}: {fault.Message}"),
        Errors = [.. fault.Errors.Select(error => error with { Pointer = $"/{position}{error.Pointer}" })],
    };
}
