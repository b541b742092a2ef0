using Postroom.JsonSchema.Model;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Walking;

internal ref partial struct Walker
{
    private void JudgeLiteral(SchemaNode node, in ValueToken token)
    {
        if ((node.Types & token.Type) == 0)
        {
            TypeFault(node, token);
            return;
        }

        JudgeValue(node, token);
    }

    private void JudgeString(SchemaNode node, in ValueToken token)
    {
        if ((node.Types & SchemaTypes.String) == 0)
        {
            TypeFault(node, token);
            return;
        }

        if (node.Strings is { } rules)
        {
            JudgeLength(node, rules, token);
            if (rules.Pattern is not null || rules.Format is not null)
            {
                JudgeText(node, rules, token);
            }
        }

        JudgeValue(node, token);
    }

    private void JudgeLength(SchemaNode node, StringRules rules, in ValueToken token)
    {
        // A code point takes 1 to 4 bytes, 12 when it is escaped: most strings need no counting.
        int bytes = token.End - token.Start - 2;
        if (bytes <= rules.LengthMax && bytes >= rules.LengthMin * 12)
        {
            return;
        }

        if (rules.LengthMin == 1 && bytes > 0 && bytes <= rules.LengthMax)
        {
            return;
        }

        long length = JsonString.CountCodePoints(Content(token), token.Marked);
        if (length < rules.LengthMin)
        {
            CountFault(node, token, "minLength", FaultCodes.TooShort, rules.LengthMin, length);
        }
        else if (length > rules.LengthMax)
        {
            CountFault(node, token, "maxLength", FaultCodes.TooLong, rules.LengthMax, length);
        }
    }

    private void JudgeText(SchemaNode node, StringRules rules, in ValueToken token)
    {
        ReadOnlySpan<byte> text = Plain(Content(token), token.Marked);
        if (rules.Format is { } format && !format.Accepts(text))
        {
            PlainFault(node, token.Start, "format", format.Code);
        }

        if (rules.Pattern is { } pattern && !pattern.IsMatch(text))
        {
            PatternFault(node, token, rules.PatternText!);
        }
    }

    private void JudgeNumber(SchemaNode node, in ValueToken token)
    {
        // Number contains Integer, so a set with no bit beyond Integer takes whole numbers only.
        SchemaTypes types = node.Types & SchemaTypes.Number;
        if (types == 0
            || (types == SchemaTypes.Integer && token.Marked && !DecimalText.Parse(Raw(token)).IsWhole))
        {
            TypeFault(node, token);
            return;
        }

        if (node.Numbers is { } rules)
        {
            JudgeBounds(node, rules, token);
        }

        JudgeValue(node, token);
    }

    private void JudgeBounds(SchemaNode node, NumberRules rules, in ValueToken token)
    {
        ReadOnlySpan<byte> text = Raw(token);
        if (rules.WholeBoundsSuffice && !token.Marked && text.Length <= 18)
        {
            long whole = ReadWhole(text);
            if (whole >= rules.WholeMin && whole <= rules.WholeMax)
            {
                return;
            }
        }

        DecimalText number = DecimalText.Parse(text);
        if (rules.Minimum is { } minimum && Order(number, minimum) < 0)
        {
            BoundFault(node, token, "minimum", FaultCodes.TooSmall, FaultCodes.TooSmall, minimum);
        }

        if (rules.ExclusiveMinimum is { } above && Order(number, above) <= 0)
        {
            BoundFault(node, token, "exclusiveMinimum", FaultCodes.TooSmall, "too-small.exclusive", above);
        }

        if (rules.Maximum is { } maximum && Order(number, maximum) > 0)
        {
            BoundFault(node, token, "maximum", FaultCodes.TooLarge, FaultCodes.TooLarge, maximum);
        }

        if (rules.ExclusiveMaximum is { } below && Order(number, below) >= 0)
        {
            BoundFault(node, token, "exclusiveMaximum", FaultCodes.TooLarge, "too-large.exclusive", below);
        }

        if (rules.MultipleOf is { } multiple && !multiple.Divides(number))
        {
            MultipleFault(node, token, multiple);
        }
    }

    /// <summary>What holds for values of every type: enum, const and the schemas for the same value.</summary>
    private void JudgeValue(SchemaNode node, in ValueToken token)
    {
        if (node.Values is { } values)
        {
            if (values.Enum is { } allowed && !Has(allowed, token))
            {
                ChoiceFault(node, token, "enum", FaultCodes.Enum, allowed);
            }

            if (values.Const is { } only && !Has(only, token))
            {
                ChoiceFault(node, token, "const", FaultCodes.Const, only);
            }
        }

        if (node.InPlace is { } inPlace)
        {
            JudgeInPlace(node, inPlace, token);
        }
    }

    private readonly bool Has(ValueSet set, in ValueToken token)
    {
        if ((set.Types & token.Type) == 0)
        {
            return false;
        }

        return token.Type == SchemaTypes.String
            ? set.HasString(Plain(Content(token), token.Marked))
            : set.HasOther(Raw(token));
    }

    private readonly ReadOnlySpan<byte> Raw(in ValueToken token) => _json[token.Start..token.End];

    private readonly ReadOnlySpan<byte> Content(in ValueToken token) => _json[(token.Start + 1)..(token.End - 1)];

    /// <summary>The content without escapes; valid until the next call.</summary>
    private readonly ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> content, bool escaped)
    {
        if (!escaped)
        {
            return content;
        }

        Span<byte> plain = _scratch.Bytes(content.Length);
        return plain[..JsonString.Unescape(content, plain)];
    }

    private static int Order(DecimalText number, NumberBound bound) =>
        DecimalText.Compare(number, DecimalText.Parse(bound.Text.Span));

    private static long ReadWhole(ReadOnlySpan<byte> text)
    {
        bool negative = text[0] == (byte)'-';
        long value = 0;
        foreach (byte digit in negative ? text[1..] : text)
        {
            value = value * 10 + (digit - '0');
        }

        return negative ? -value : value;
    }
}
