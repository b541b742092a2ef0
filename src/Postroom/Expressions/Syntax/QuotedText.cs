using System.Globalization;
using System.Text;

namespace Postroom.Expressions.Syntax;

/// <summary>A text in quotes (CEL specification, "String and Bytes Values").</summary>
/// <param name="text">The expression.</param>
/// <param name="start">Where the first quote is.</param>
/// <param name="isRaw">A backslash stands for itself.</param>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class QuotedText(string text, int start, bool isRaw, FirstFault faults)
{
    private readonly int _start = start;
    private int _position;

    /// <summary>What it stands for.</summary>
    /// <param name="end">The first character behind it.</param>
    public string Read(out int end)
    {
        _position = _start;
        var quote = text[_position];
        var isLong = text.AsSpan(_position).StartsWith(new string(quote, 3), StringComparison.Ordinal);
        _position += isLong ? 3 : 1;
        var content = new StringBuilder();
        end = text.Length;
        while (_position < text.Length && faults.Fault is null)
        {
            var letter = text[_position];
            if (letter == quote && (!isLong || text.AsSpan(_position).StartsWith(
                new string(quote, 3), StringComparison.Ordinal)))
            {
                end = _position + (isLong ? 3 : 1);
                return content.ToString();
            }

            if (!isLong && letter is '\n' or '\r')
            {
                break;
            }

            if (letter == '\\' && !isRaw)
            {
                ReadEscape(content);
            }
            else
            {
                ReadCharacter(content);
            }
        }

        faults.Add(_start, $"The text has no end. Close it with `{quote}`.");
        return "";
    }

    private void ReadCharacter(StringBuilder content)
    {
        if (!Rune.TryGetRuneAt(text, _position, out var rune))
        {
            faults.Add(_position, "Half a character (a lone surrogate) is no text.");
            return;
        }

        content.Append(text, _position, rune.Utf16SequenceLength);
        _position += rune.Utf16SequenceLength;
    }

    private void ReadEscape(StringBuilder content)
    {
        var letter = _position + 1 < text.Length ? text[_position + 1] : '\0';
        var plain = letter switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' or '\'' or '"' or '`' or '?' => letter,
            _ => '\0',
        };
        if (plain != '\0')
        {
            content.Append(plain);
            _position += 2;
            return;
        }

        var (digits, skip, style) = letter switch
        {
            'x' or 'X' => (2, 2, NumberStyles.AllowHexSpecifier),
            'u' => (4, 2, NumberStyles.AllowHexSpecifier),
            'U' => (8, 2, NumberStyles.AllowHexSpecifier),
            >= '0' and <= '3' => (3, 1, NumberStyles.None),
            _ => (0, 0, NumberStyles.None),
        };
        if (digits == 0 || !TryCode(_position + skip, digits, style, out var code) || !Rune.IsValid(code))
        {
            faults.Add(_position, "This escape is not known. Write `\\\\` for a backslash, or r\"…\" for a text "
                + "without escapes.");
            return;
        }

        content.Append(new Rune(code).ToString());
        _position += skip + digits;
    }

    private bool TryCode(int from, int digits, NumberStyles style, out int code)
    {
        code = 0;
        if (from + digits > text.Length)
        {
            return false;
        }

        var part = text.AsSpan(from, digits);
        if (style != NumberStyles.None)
        {
            return int.TryParse(part, style, CultureInfo.InvariantCulture, out code);
        }

        foreach (var digit in part)
        {
            if (digit is < '0' or > '7')
            {
                return false;
            }

            code = code * 8 + (digit - '0');
        }

        return true;
    }
}
