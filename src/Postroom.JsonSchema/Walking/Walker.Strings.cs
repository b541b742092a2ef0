using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Walking;

internal ref partial struct Walker
{
    /// <summary>Moves from the opening quote to behind the closing one. The bytes are known to be UTF-8.</summary>
    private bool ScanString(out bool escaped)
    {
        escaped = false;
        int position = FindStringStop(_position + 1);
        while ((uint)position < (uint)_json.Length)
        {
            byte stop = _json[position];
            if (stop == (byte)'"')
            {
                _position = position + 1;
                return true;
            }

            if (stop != (byte)'\\')
            {
                return Malformed(
                    MalformationCodes.Syntax, position, "a control character in a string must be written as an escape");
            }

            escaped = true;
            int next = ScanEscape(position);
            if (next < 0)
            {
                return false;
            }

            position = FindStringStop(next);
        }

        return Malformed(MalformationCodes.Syntax, _json.Length, "a string is not closed");
    }

    /// <summary>The next quote, backslash or control character from <paramref name="position"/>, or the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int FindStringStop(int position)
    {
        ReadOnlySpan<byte> json = _json;
        ref byte first = ref MemoryMarshal.GetReference(json);
        while (position + Vector128<byte>.Count <= json.Length)
        {
            Vector128<byte> block = Vector128.LoadUnsafe(ref first, (nuint)position);
            Vector128<byte> stops = Vector128.Equals(block, Vector128.Create((byte)'"'))
                | Vector128.Equals(block, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(block, Vector128.Create((byte)' '));
            uint mask = stops.ExtractMostSignificantBits();
            if (mask != 0)
            {
                return position + BitOperations.TrailingZeroCount(mask);
            }

            position += Vector128<byte>.Count;
        }

        while ((uint)position < (uint)json.Length && json[position] is not ((byte)'"' or (byte)'\\' or < (byte)' '))
        {
            position++;
        }

        return position;
    }

    /// <summary>The first byte behind the escape at <paramref name="position"/>, or -1.</summary>
    private int ScanEscape(int position)
    {
        ReadOnlySpan<byte> rest = _json[(position + 1)..];
        switch (rest.IsEmpty ? 0 : rest[0])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return position + 2;
            case (byte)'u':
                break;
            default:
                Malformed(MalformationCodes.Syntax, position, "an unknown escape in a string");
                return -1;
        }

        int unit = JsonString.Hex4(rest[1..]);
        if (unit < 0)
        {
            Malformed(MalformationCodes.Syntax, position, "\\u needs four hexadecimal digits");
            return -1;
        }

        if (!char.IsSurrogate((char)unit))
        {
            return position + 6;
        }

        // A pair stands for one character (RFC 8259 section 7); half of one stands for nothing.
        int low = char.IsHighSurrogate((char)unit) && rest[5..].StartsWith("\\u"u8) ? JsonString.Hex4(rest[7..]) : -1;
        if (low < 0 || !char.IsLowSurrogate((char)low))
        {
            Malformed(MalformationCodes.Surrogate, position, "an escape is half of a surrogate pair");
            return -1;
        }

        return position + 12;
    }
}
