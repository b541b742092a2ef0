using System.Buffers;
using System.Text;

namespace Postroom.Parsing;

/// <summary>
/// Cleans the text of a field: white space at both ends goes, CRLF and a lone CR become LF. Browsers send line breaks
/// as CRLF in a native submit and as LF from a script; both are the same text.
/// </summary>
internal static class FormText
{
    /// <summary>Cleans in place; tells where in the text what is left stands.</summary>
    public static (int Start, int Length) Clean(Span<byte> text)
    {
        if (text.IsEmpty || !HasWhiteSpaceAtEnds(text))
        {
            return (0, UnifyLines(text));
        }

        int start = WhiteSpaceAtStart(text);
        Span<byte> inner = text[start..];
        inner = inner[..^WhiteSpaceAtEnd(inner)];
        return (start, UnifyLines(inner));
    }

    /// <summary>Turns CRLF and lone CR into LF, in place; returns the new length.</summary>
    public static int UnifyLines(Span<byte> text)
    {
        int length = text.IndexOf((byte)'\r');
        if (length < 0)
        {
            return text.Length;
        }

        for (int index = length; index < text.Length; index++)
        {
            byte current = text[index];
            if (current == '\r')
            {
                index += index + 1 < text.Length && text[index + 1] == '\n' ? 1 : 0;
                current = (byte)'\n';
            }

            text[length++] = current;
        }

        return length;
    }

    /// <summary>True when cleaning would trim the text. It is not empty.</summary>
    public static bool HasWhiteSpaceAtEnds(ReadOnlySpan<byte> text) =>
        (MayBeWhiteSpace(text[0]) && WhiteSpaceAtStart(text) > 0)
        || (MayBeWhiteSpace(text[^1]) && WhiteSpaceAtEnd(text) > 0);

    /// <summary>Bytes of white space, as Unicode's property White_Space has it, at the start.</summary>
    public static int WhiteSpaceAtStart(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length
            && Rune.DecodeFromUtf8(text[length..], out Rune rune, out int used) == OperationStatus.Done
            && Rune.IsWhiteSpace(rune))
        {
            length += used;
        }

        return length;
    }

    /// <summary>Bytes of white space at the end.</summary>
    public static int WhiteSpaceAtEnd(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length
            && Rune.DecodeLastFromUtf8(text[..^length], out Rune rune, out int used) == OperationStatus.Done
            && Rune.IsWhiteSpace(rune))
        {
            length += used;
        }

        return length;
    }

    /// <summary>False for the visible ASCII characters, with which nearly all texts begin and end.</summary>
    private static bool MayBeWhiteSpace(byte code) => code is <= (byte)' ' or > (byte)'~';

    /// <summary>
    /// What a checkbox or a list of yes and no sends: <c>true on yes 1</c> and <c>false off no 0</c>, letters in any
    /// case. Null for every other text.
    /// </summary>
    public static bool? ReadBoolean(ReadOnlySpan<byte> text)
    {
        if (Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "on"u8)
            || Ascii.EqualsIgnoreCase(text, "yes"u8) || text.SequenceEqual("1"u8))
        {
            return true;
        }

        bool isFalse = Ascii.EqualsIgnoreCase(text, "false"u8) || Ascii.EqualsIgnoreCase(text, "off"u8)
            || Ascii.EqualsIgnoreCase(text, "no"u8) || text.SequenceEqual("0"u8);
        return isFalse ? false : null;
    }
}
