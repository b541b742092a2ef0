using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Walking;

internal ref partial struct Walker
{
    private bool WalkString(SchemaNode node)
    {
        int start = _position;
        if (!ScanString(out bool escaped))
        {
            return false;
        }

        if (!ReferenceEquals(node, SchemaNode.Anything))
        {
            JudgeString(node, new ValueToken(SchemaTypes.String, start, _position, escaped));
        }

        return true;
    }

    private bool WalkLiteral(SchemaNode node, ReadOnlySpan<byte> literal, SchemaTypes type)
    {
        if (!_json[_position..].StartsWith(literal))
        {
            return Unexpected("a value");
        }

        int start = _position;
        _position += literal.Length;
        JudgeLiteral(node, new ValueToken(type, start, _position, false));
        return true;
    }

    private bool WalkNumber(SchemaNode node)
    {
        int start = _position;
        if (!ScanNumber(out bool marked))
        {
            return false;
        }

        if (!ReferenceEquals(node, SchemaNode.Anything))
        {
            JudgeNumber(node, new ValueToken(SchemaTypes.Number, start, _position, marked));
        }

        return true;
    }

    /// <summary>RFC 8259 section 6. <paramref name="marked"/>: the number has a fraction or an exponent.</summary>
    private bool ScanNumber(out bool marked)
    {
        marked = false;
        ReadOnlySpan<byte> json = _json;
        int position = _position;
        position += json[position] == (byte)'-' ? 1 : 0;
        int first = position;
        position = SkipDigits(json, position);
        if (position == first)
        {
            return NumberFault(position, first == _position ? "a value" : "a digit");
        }

        if (json[first] == (byte)'0' && position - first > 1)
        {
            return Malformed(MalformationCodes.Syntax, first, "a number must not begin with 0");
        }

        if ((uint)position < (uint)json.Length && json[position] == (byte)'.')
        {
            marked = true;
            int fraction = position + 1;
            position = SkipDigits(json, fraction);
            if (position == fraction)
            {
                return NumberFault(position, "a digit");
            }
        }

        if ((uint)position < (uint)json.Length && (json[position] | 0x20) == 'e')
        {
            marked = true;
            position++;
            position += (uint)position < (uint)json.Length && json[position] is (byte)'+' or (byte)'-' ? 1 : 0;
            int exponent = position;
            position = SkipDigits(json, position);
            if (position == exponent)
            {
                return NumberFault(position, "a digit");
            }
        }

        _position = position;
        return true;
    }

    private bool NumberFault(int position, string expected)
    {
        _position = position;
        return Unexpected(expected);
    }

    private static int SkipDigits(ReadOnlySpan<byte> json, int position)
    {
        while ((uint)position < (uint)json.Length && (uint)(json[position] - '0') <= 9)
        {
            position++;
        }

        return position;
    }
}
