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
        while (!body.IsEmpty)
        {
            int end = body.IndexOf((byte)'&');
            ReadOnlySpan<byte> piece = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (piece.IsEmpty)
            {
                continue;
            }

            if (fields.Count >= limits.Fields)
            {
                return ParsingFaults.TooManyFields(limits.Fields);
            }

            if (AddPair(piece, limits, fields) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static Fault? AddPair(ReadOnlySpan<byte> piece, LimitsDeclaration limits, FormFields fields)
    {
        int equals = piece.IndexOf((byte)'=');
        (int nameStart, int nameLength) = Decode(equals < 0 ? piece : piece[..equals], fields);
        if (nameLength > limits.Name)
        {
            return ParsingFaults.NameTooLong(limits.Name);
        }

        (int valueStart, int valueLength) = Decode(equals < 0 ? default : piece[(equals + 1)..], fields);
        if (valueLength > limits.Value)
        {
            return ParsingFaults.ValueTooLong(fields.Bytes.AsSpan(nameStart, nameLength), limits.Value);
        }

        fields.Add(new FormField(nameStart, nameLength, valueStart, valueLength));
        return null;
    }

    private static (int Start, int Length) Decode(ReadOnlySpan<byte> source, FormFields fields)
    {
        Span<byte> target = fields.Reserve(source.Length);
        int length = PercentDecode(source, target);
        ReadOnlySpan<byte> decoded = target[..length];
        if (Utf8.IsValid(decoded))
        {
            return (fields.Keep(length), length);
        }

        fields.HadInvalidUtf8 = true;
        byte[] replaced = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(decoded));
        return (fields.Append(replaced), replaced.Length);
    }

    private static int PercentDecode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int length = 0;
        while (true)
        {
            int special = source.IndexOfAny((byte)'%', (byte)'+');
            if (special < 0)
            {
                source.CopyTo(target[length..]);
                return length + source.Length;
            }

            source[..special].CopyTo(target[length..]);
            length += special;
            source = source[special..];
            if (source[0] == '%' && source.Length >= 3 && char.IsAsciiHexDigit((char)source[1])
                && char.IsAsciiHexDigit((char)source[2]))
            {
                target[length++] = (byte)((HexValue(source[1]) << 4) | HexValue(source[2]));
                source = source[3..];
                continue;
            }

            target[length++] = source[0] == '+' ? (byte)' ' : source[0];
            source = source[1..];
        }
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
