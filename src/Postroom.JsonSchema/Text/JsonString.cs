using System.Text;

namespace Postroom.JsonSchema.Text;

/// <summary>The content of a JSON string between its quotes, already checked.</summary>
internal static class JsonString
{
    /// <summary>Writes the content without its escapes; the result is never longer than the content.</summary>
    public static int Unescape(ReadOnlySpan<byte> content, Span<byte> target)
    {
        int written = 0;
        while (true)
        {
            int escape = content.IndexOf((byte)'\\');
            if (escape < 0)
            {
                content.CopyTo(target[written..]);
                return written + content.Length;
            }

            content[..escape].CopyTo(target[written..]);
            written += escape;
            content = content[escape..];
            if (content[1] != (byte)'u')
            {
                target[written++] = Single(content[1]);
                content = content[2..];
                continue;
            }

            int taken = Rune(content, out Rune rune);
            written += rune.EncodeToUtf8(target[written..]);
            content = content[taken..];
        }
    }

    /// <summary>The content as text.</summary>
    public static string ToText(ReadOnlySpan<byte> content)
    {
        if (content.IndexOf((byte)'\\') < 0)
        {
            return Encoding.UTF8.GetString(content);
        }

        byte[] plain = new byte[content.Length];
        return Encoding.UTF8.GetString(plain, 0, Unescape(content, plain));
    }

    /// <summary>Code points, an escape counting as what it stands for.</summary>
    public static long CountCodePoints(ReadOnlySpan<byte> content, bool escaped)
    {
        long count = 0;
        while (escaped)
        {
            int escape = content.IndexOf((byte)'\\');
            if (escape < 0)
            {
                break;
            }

            count += CountPlain(content[..escape]) + 1;
            content = content[escape..];
            content = content[(content[1] == (byte)'u' ? Rune(content, out _) : 2)..];
        }

        return count + CountPlain(content);
    }

    /// <summary>Reads four hexadecimal digits; -1 when they are none.</summary>
    public static int Hex4(ReadOnlySpan<byte> digits)
    {
        if (digits.Length < 4)
        {
            return -1;
        }

        int value = 0;
        for (int index = 0; index < 4; index++)
        {
            int digit = digits[index] switch
            {
                >= (byte)'0' and <= (byte)'9' => digits[index] - '0',
                >= (byte)'a' and <= (byte)'f' => digits[index] - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => digits[index] - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return -1;
            }

            value = (value << 4) | digit;
        }

        return value;
    }

    /// <summary>Every byte that does not continue a character begins one.</summary>
    private static long CountPlain(ReadOnlySpan<byte> plain)
    {
        long count = 0;
        foreach (byte unit in plain)
        {
            count += (sbyte)unit >= -64 ? 1 : 0;
        }

        return count;
    }

    /// <summary>Reads <c>\uXXXX</c>, or two of them that form a surrogate pair.</summary>
    private static int Rune(ReadOnlySpan<byte> escape, out Rune rune)
    {
        char first = (char)Hex4(escape[2..]);
        if (!char.IsHighSurrogate(first))
        {
            rune = new Rune(first);
            return 6;
        }

        rune = new Rune(first, (char)Hex4(escape[8..]));
        return 12;
    }

    private static byte Single(byte letter) => letter switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'t' => (byte)'\t',
        (byte)'r' => (byte)'\r',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => letter,
    };
}
