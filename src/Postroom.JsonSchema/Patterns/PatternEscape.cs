using System.Globalization;

namespace Postroom.JsonSchema.Patterns;

/// <summary>Escapes that stand for one character of a set (ECMA-262 section 22.2.1, CharacterEscape and
/// CharacterClassEscape).</summary>
internal static class PatternEscape
{
    /// <summary>Reads the escape whose backslash is at <paramref name="start"/>.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="start">Where the backslash is.</param>
    /// <param name="inClass">Within brackets, where <c>\b</c> is a backspace and <c>\-</c> a hyphen.</param>
    /// <param name="end">The first character behind it.</param>
    /// <param name="single">The one character that it stands for, or -1 for a set.</param>
    public static CodePointSet Read(string pattern, int start, bool inClass, out int end, out int single)
    {
        if (start + 1 >= pattern.Length)
        {
            throw new ArgumentException("it ends in a backslash");
        }

        char letter = pattern[start + 1];
        end = start + 2;
        single = -1;
        switch (letter)
        {
            case 'd' or 'D':
                return Choose(KnownSets.Digits, letter == 'D');
            case 'w' or 'W':
                return Choose(KnownSets.Words, letter == 'W');
            case 's' or 'S':
                return Choose(KnownSets.Spaces, letter == 'S');
            case 'p' or 'P':
                return Property(pattern, letter == 'P', ref end);
        }

        single = Character(pattern, letter, inClass, ref end);
        return new CodePointSet().Add(single, single);
    }

    private static CodePointSet Choose(CodePointSet set, bool negated) => negated ? set.Complement() : set;

    private static CodePointSet Property(string pattern, bool negated, ref int end)
    {
        int close = end < pattern.Length && pattern[end] == '{' ? pattern.IndexOf('}', end) : -1;
        if (close < 0)
        {
            throw new ArgumentException("\\p needs a property in braces");
        }

        string name = pattern[(end + 1)..close];
        end = close + 1;
        return Choose(
            KnownSets.Property(name) ?? throw new ArgumentException($"the property {name} is not known"), negated);
    }

    private static int Character(string pattern, char letter, bool inClass, ref int end)
    {
        switch (letter)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'v':
                return '\v';
            case 'f':
                return '\f';
            case 'r':
                return '\r';
            case 'b' when inClass:
                return '\b';
            case '0' when end == pattern.Length || !char.IsAsciiDigit(pattern[end]):
                return 0;
            case 'c' when end < pattern.Length && char.IsAsciiLetter(pattern[end]):
                return pattern[end++] % 32;
            case 'x':
                return Hexadecimal(pattern, 2, ref end);
            case 'u':
                return Unicode(pattern, ref end);
        }

        return char.IsLetterOrDigit(letter) || char.IsSurrogate(letter)
            ? throw new ArgumentException($"\\{letter} is not an escape of ECMA-262")
            : letter;
    }

    private static int Unicode(string pattern, ref int end)
    {
        if (end < pattern.Length && pattern[end] == '{')
        {
            int close = pattern.IndexOf('}', end);
            int digits = close - end - 1;
            end++;
            int point = digits is > 0 and <= 6 ? Hexadecimal(pattern, digits, ref end) : -1;
            end++;
            return point is >= 0 and <= 0x10FFFF
                ? point
                : throw new ArgumentException("\\u{…} needs the hexadecimal number of a character");
        }

        int unit = Hexadecimal(pattern, 4, ref end);
        if (char.IsHighSurrogate((char)unit) && string.CompareOrdinal(pattern, end, "\\u", 0, 2) == 0)
        {
            int after = end + 2;
            int low = Hexadecimal(pattern, 4, ref after);
            if (char.IsLowSurrogate((char)low))
            {
                end = after;
                return char.ConvertToUtf32((char)unit, (char)low);
            }
        }

        return unit;
    }

    private static int Hexadecimal(string pattern, int digits, ref int end)
    {
        if (end + digits <= pattern.Length && int.TryParse(
            pattern.AsSpan(end, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
        {
            end += digits;
            return value;
        }

        throw new ArgumentException($"\\{(digits == 2 ? "x" : "u")} needs {digits} hexadecimal digits");
    }
}
