using System.Text;
using System.Text.RegularExpressions;

namespace Postroom.JsonSchema.Compiling;

/// <summary>
/// Regular expressions as ECMA-262 means them, where .NET means something else: <c>\d</c> and <c>\w</c> are ASCII,
/// <c>$</c> is the very end, the dot stops at all four line ends, a character outside the basic plane is one.
/// Matched without backtracking. What stays .NET's: the letters of <c>\b</c>.
/// </summary>
internal static class EcmaPattern
{
    private const int PatternLengthMax = 4096;
    private const string Digit = "0-9";
    private const string Word = "A-Za-z0-9_";

    /// <summary>Beside what a negated class excludes: outside the basic plane it takes whole pairs.</summary>
    private const string NoSurrogate = @"\uD800-\uDFFF";
    private const string OrPair = @"|[\uD800-\uDBFF][\uDC00-\uDFFF])";
    private const string Space = @"\t\n\v\f\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";

    /// <summary>General categories that ECMA-262 names in long form.</summary>
    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L", ["Uppercase_Letter"] = "Lu", ["Lowercase_Letter"] = "Ll", ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm", ["Other_Letter"] = "Lo", ["Mark"] = "M", ["Number"] = "N",
        ["Decimal_Number"] = "Nd", ["digit"] = "Nd", ["Letter_Number"] = "Nl", ["Punctuation"] = "P",
        ["punct"] = "P", ["Symbol"] = "S", ["Currency_Symbol"] = "Sc", ["Math_Symbol"] = "Sm",
        ["Separator"] = "Z", ["Space_Separator"] = "Zs", ["Other"] = "C", ["Control"] = "Cc",
    };

    /// <summary>Throws <see cref="NotSupportedException"/> when the pattern is not linear, and
    /// <see cref="ArgumentException"/> when it is no pattern.</summary>
    public static Regex Compile(string pattern)
    {
        if (pattern.Length > PatternLengthMax)
        {
            throw new ArgumentException($"it is longer than {PatternLengthMax} characters");
        }

        return new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    private static string Translate(string pattern)
    {
        var translated = new StringBuilder(pattern.Length + 16);
        bool inClass = false, negated = false;
        for (int index = 0; index < pattern.Length; index++)
        {
            char letter = pattern[index];
            switch (letter)
            {
                case '\\':
                    index = TranslateEscape(pattern, index + 1, inClass, translated);
                    break;
                case '[' when inClass:
                    translated.Append(@"\[");
                    break;
                case '[':
                    inClass = true;
                    negated = pattern.AsSpan(index + 1).StartsWith("^");
                    translated.Append(negated ? "(?:[^" + NoSurrogate : "[");
                    index = PlainHyphen(pattern, index + (negated ? 1 : 0), translated);
                    break;
                case ']' when inClass:
                    inClass = false;
                    translated.Append(negated ? "]" + OrPair : "]");
                    break;
                case '$' when !inClass:
                    translated.Append(@"\z");
                    break;
                case '.' when !inClass:
                    translated.Append(@"(?:[^\n\r\u2028\u2029" + NoSurrogate + "]" + OrPair);
                    break;
                default:
                    index = TranslateLiteral(pattern, index, inClass, translated);
                    break;
            }
        }

        return translated.ToString();
    }

    /// <summary>A character outside the basic plane is two units of text; a quantifier behind it is for both.</summary>
    private static int TranslateLiteral(string pattern, int index, bool inClass, StringBuilder translated)
    {
        if (!char.IsHighSurrogate(pattern[index]))
        {
            translated.Append(pattern[index]);
            return index;
        }

        if (inClass)
        {
            throw new ArgumentException("a class in brackets cannot hold a character outside the basic plane");
        }

        translated.Append("(?:").Append(pattern, index, 2).Append(')');
        return index + 1;
    }

    /// <summary>Translates the escape whose letter is at <paramref name="index"/>; gives its last index.</summary>
    private static int TranslateEscape(string pattern, int index, bool inClass, StringBuilder translated)
    {
        if (index == pattern.Length)
        {
            throw new ArgumentException("it ends in a backslash");
        }

        char letter = pattern[index];
        switch (letter)
        {
            case 'd' or 'D':
                Append(translated, Digit, letter == 'D', inClass);
                return inClass ? PlainHyphen(pattern, index, translated) : index;
            case 'w' or 'W':
                Append(translated, Word, letter == 'W', inClass);
                return inClass ? PlainHyphen(pattern, index, translated) : index;
            case 's' or 'S':
                Append(translated, Space, letter == 'S', inClass);
                return inClass ? PlainHyphen(pattern, index, translated) : index;
            case 'p' or 'P':
                return TranslateCategory(pattern, index, translated);
            case 'A' or 'Z' or 'z' or 'G' or 'a' or 'e':
                throw new ArgumentException($"\\{letter} is not an escape of ECMA-262");
            default:
                translated.Append('\\').Append(letter);
                return index;
        }
    }

    /// <summary>A hyphen behind a set or at the beginning of a class makes no range: [\w-.] holds it.</summary>
    private static int PlainHyphen(string pattern, int index, StringBuilder translated)
    {
        if (!pattern.AsSpan(index + 1).StartsWith("-"))
        {
            return index;
        }

        translated.Append(@"\-");
        return index + 1;
    }

    /// <summary>Gives the index of the closing brace.</summary>
    private static int TranslateCategory(string pattern, int index, StringBuilder translated)
    {
        int close = pattern.IndexOf('}', index);
        if (close < 0 || pattern[index + 1] != '{')
        {
            throw new ArgumentException("\\p needs a category in braces");
        }

        string name = pattern[(index + 2)..close];
        translated.Append('\\').Append(pattern[index]).Append('{')
            .Append(Categories.GetValueOrDefault(name, name)).Append('}');
        return close;
    }

    private static void Append(StringBuilder translated, string set, bool negated, bool inClass)
    {
        if (!inClass)
        {
            translated.Append(negated ? "(?:[^" : "[").Append(set).Append(negated ? NoSurrogate + "]" + OrPair : "]");
        }
        else if (!negated)
        {
            translated.Append(set);
        }
        else
        {
            translated.Append(Complement(set));
        }
    }

    /// <summary>Within a class a negated set is written as the ranges between its characters.</summary>
    private static string Complement(string set) => set switch
    {
        Digit => @"\0-/:-\uFFFF",
        Word => @"\0-/:-@\[-^`{-\uFFFF",
        _ => @"\0-\x08\x0E-\x1F!-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E"
            + @"\u2060-\u2FFF\u3001-\uFEFE\uFF00-\uFFFF",
    };
}
