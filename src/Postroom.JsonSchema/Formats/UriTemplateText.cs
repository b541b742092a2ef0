using System.Buffers;
using System.Text;

namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 6570 section 2; the apostrophe is a literal (erratum 6937).</summary>
internal static class UriTemplateText
{
    private const int PrefixDigitsMax = 4;

    private static readonly SearchValues<byte> NameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    public static bool IsTemplate(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            int taken = text[0] == (byte)'{' ? Expression(text) : Literal(text);
            if (taken == 0)
            {
                return false;
            }

            text = text[taken..];
        }

        return true;
    }

    /// <summary>Section 2.1: how many bytes the literal at the beginning has, or 0.</summary>
    private static int Literal(ReadOnlySpan<byte> text)
    {
        if (text[0] == (byte)'%')
        {
            return PercentText.Encoded(text);
        }

        Rune.DecodeFromUtf8(text, out Rune rune, out int length);
        bool allowed = rune.Value is > 0x20 and not ('"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}')
            && rune.Value is not (>= 0x7F and < 0xA0);
        return allowed ? length : 0;
    }

    /// <summary>Section 2.2: how many bytes the expression has, or 0.</summary>
    private static int Expression(ReadOnlySpan<byte> text)
    {
        int close = text.IndexOf((byte)'}');
        if (close < 2)
        {
            return 0;
        }

        ReadOnlySpan<byte> list = text[1..close];
        list = "+#./;?&=,!@|"u8.Contains(list[0]) ? list[1..] : list;
        while (true)
        {
            int comma = list.IndexOf((byte)',');
            if (!IsVariable(comma < 0 ? list : list[..comma]))
            {
                return 0;
            }

            if (comma < 0)
            {
                return close + 1;
            }

            list = list[(comma + 1)..];
        }
    }

    /// <summary>Sections 2.3 and 2.4: a name, then "*" or ":" with a length.</summary>
    private static bool IsVariable(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        if (colon >= 0)
        {
            ReadOnlySpan<byte> length = text[(colon + 1)..];
            if (length.Length is 0 or > PrefixDigitsMax || length[0] == (byte)'0'
                || length.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return false;
            }
        }

        return IsName(colon >= 0 ? text[..colon] : text is [.., (byte)'*'] ? text[..^1] : text);
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        bool mayPoint = false;
        while (!name.IsEmpty)
        {
            int taken = NameCharacters.Contains(name[0]) ? 1 : PercentText.Encoded(name);
            bool isPoint = mayPoint && name[0] == (byte)'.';
            if (taken == 0 && !isPoint)
            {
                return false;
            }

            mayPoint = !isPoint;
            name = name[Math.Max(taken, 1)..];
        }

        return mayPoint;
    }
}
