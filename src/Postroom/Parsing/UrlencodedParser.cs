using System.Text;
using System.Text.Unicode;
using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>
/// Reads <c>application/x-www-form-urlencoded</c> as the URL Standard's parser does
/// (https://url.spec.whatwg.org/#urlencoded-parsing): split at <c>&amp;</c> only, empty pieces skipped, the first
/// <c>=</c> parts name from value, <c>+</c> is a space, a broken percent escape stands for itself. Bytes that are not
/// UTF-8 become U+FFFD and set <see cref="FormFields.HadInvalidUtf8"/>, so that who must not rewrite text can refuse.
/// </summary>
internal static class UrlencodedParser
{
    /// <summary>Fills <paramref name="fields"/>; returns the limit that was hit, or null.</summary>
    public static Fault? Parse(ReadOnlySpan<byte> body, LimitsDeclaration limits, FormFields fields)
    {
        // The whole body at once; a text is decoded where it then stands, which makes it shorter.
        body.Replace(fields.Reserve(body.Length), (byte)'+', (byte)' ');
        int position = fields.Keep(body.Length);
        int end = position + body.Length;
        bool isAscii = Ascii.IsValid(body);
        fields.MayHaveControls = body.ContainsAnyInRange((byte)0, (byte)0x1F);
        while (position < end)
        {
            int length = fields.Bytes.AsSpan(position, end - position).IndexOf((byte)'&');
            length = length < 0 ? end - position : length;
            if (length > 0)
            {
                if (fields.Count >= limits.Fields)
                {
                    return ParsingFaults.TooManyFields(limits.Fields);
                }

                if (AddPair(position, length, isAscii, limits, fields) is { } fault)
                {
                    return fault;
                }
            }

            position += length + 1;
        }

        return null;
    }

    private static Fault? AddPair(int start, int length, bool isAscii, LimitsDeclaration limits, FormFields fields)
    {
        Span<byte> piece = fields.Bytes.AsSpan(start, length);
        int equals = piece.IndexOf((byte)'=');
        int nameEnd = equals < 0 ? length : equals;
        int valueAt = equals < 0 ? length : equals + 1;
        bool hasEscapes = piece.Contains((byte)'%');
        (int nameStart, int nameLength) = Decode(start, nameEnd, isAscii, hasEscapes, fields);
        if (nameLength > limits.Name)
        {
            return ParsingFaults.NameTooLong(limits.Name);
        }

        (int valueStart, int valueLength) = Decode(start + valueAt, length - valueAt, isAscii, hasEscapes, fields);
        if (valueLength > limits.Value)
        {
            return ParsingFaults.ValueTooLong(fields.Bytes.AsSpan(nameStart, nameLength), limits.Value);
        }

        fields.Add(new FormField(nameStart, nameLength, valueStart, valueLength));
        return null;
    }

    private static (int Start, int Length) Decode(
        int start, int length, bool isAscii, bool hasEscapes, FormFields fields)
    {
        Span<byte> text = fields.Bytes.AsSpan(start, length);
        if (hasEscapes)
        {
            length = DecodeEscapes(text, out byte lowest, out byte highest);
            text = text[..length];
            isAscii &= highest < 0x80;
            fields.MayHaveControls |= lowest < ' ';
        }

        if (isAscii || Utf8.IsValid(text))
        {
            return (start, length);
        }

        fields.HadInvalidUtf8 = true;
        byte[] replaced = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
        return (fields.Append(replaced), replaced.Length);
    }

    /// <summary>Decodes in place; returns how much is left, and between which bytes the decoded ones are.</summary>
    private static int DecodeEscapes(Span<byte> text, out byte lowest, out byte highest)
    {
        (lowest, highest) = (byte.MaxValue, byte.MinValue);
        int escape = text.IndexOf((byte)'%');
        if (escape < 0)
        {
            return text.Length;
        }

        int length = escape;
        for (int index = escape; index < text.Length; index++)
        {
            byte current = text[index];
            if (current == '%' && index + 2 < text.Length
                && char.IsAsciiHexDigit((char)text[index + 1]) && char.IsAsciiHexDigit((char)text[index + 2]))
            {
                current = (byte)((HexValue(text[index + 1]) << 4) | HexValue(text[index + 2]));
                lowest = Math.Min(lowest, current);
                highest = Math.Max(highest, current);
                index += 2;
            }

            text[length++] = current;
        }

        return length;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
