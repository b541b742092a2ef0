using System.Globalization;
using System.Text;

namespace Postroom.JsonSchema.Patterns;

/// <summary>
/// Reads a pattern by the grammar of ECMA-262 section 22.2.1 with its flag <c>u</c>. What browsers allow beyond it is
/// read where its meaning is plain: an escaped sign, a brace or bracket that begins nothing, a hyphen beside a set in
/// a class.
/// </summary>
internal sealed class PatternParser
{
    private const int PatternLengthMax = 4096;
    private const int GroupDepthMax = 100;

    private readonly string _pattern;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _position;
    private int _depth;

    private PatternParser(string pattern) => _pattern = pattern;

    /// <summary>Why it cannot be matched in linear time; null when it can.</summary>
    public string? NotLinear { get; private set; }

    private bool AtEnd => _position == _pattern.Length;

    /// <summary>Throws <see cref="ArgumentException"/> with the reason when the text is no pattern.</summary>
    public static PatternNode Parse(string pattern, out string? notLinear)
    {
        if (pattern.Length > PatternLengthMax)
        {
            throw new ArgumentException($"it is longer than {PatternLengthMax} characters");
        }

        var parser = new PatternParser(pattern);
        PatternNode root = parser.ReadAlternatives();
        notLinear = parser.NotLinear;
        return parser.AtEnd ? root : throw new ArgumentException("a parenthesis is closed but not opened");
    }

    private PatternNode.Alternatives ReadAlternatives()
    {
        var branches = new List<PatternNode>();
        var parts = new List<PatternNode>();
        while (!AtEnd && _pattern[_position] != ')')
        {
            if (Take("|"))
            {
                branches.Add(new PatternNode.Sequence(parts));
                parts = [];
                continue;
            }

            parts.Add(ReadQuantifier(ReadTerm(out bool isAssertion), isAssertion));
        }

        branches.Add(new PatternNode.Sequence(parts));
        return new PatternNode.Alternatives(branches);
    }

    private PatternNode ReadTerm(out bool isAssertion)
    {
        char letter = _pattern[_position];
        isAssertion = false;
        switch (letter)
        {
            case '^' or '$':
                isAssertion = true;
                _position++;
                return new PatternNode.Assertion(letter == '^' ? PlaceKind.Beginning : PlaceKind.End);
            case '.':
                _position++;
                return new PatternNode.Characters(KnownSets.LineEnds.Complement());
            case '(':
                return ReadGroup(out isAssertion);
            case '[':
                return new PatternNode.Characters(new PatternClass(_pattern, _position + 1).Read(out _position));
            case '\\':
                return ReadEscape(out isAssertion);
            case '*' or '+' or '?':
                throw new ArgumentException($"there is nothing before {letter} to repeat");
            default:
                Rune rune = Rune.GetRuneAt(_pattern, _position);
                _position += rune.Utf16SequenceLength;
                return new PatternNode.Characters(new CodePointSet().Add(rune.Value, rune.Value));
        }
    }

    private PatternNode.Alternatives ReadGroup(out bool isAssertion)
    {
        if (++_depth > GroupDepthMax)
        {
            throw new ArgumentException($"its groups nest deeper than {GroupDepthMax} levels");
        }

        _position++;
        isAssertion = false;
        if (Take("?=") || Take("?!"))
        {
            (NotLinear, isAssertion) = (NotLinear ?? "it looks ahead", true);
        }
        else if (Take("?<=") || Take("?<!"))
        {
            (NotLinear, isAssertion) = (NotLinear ?? "it looks behind", true);
        }
        else if (Take("?<"))
        {
            ReadGroupName();
        }
        else if (!Take("?:") && !AtEnd && _pattern[_position] == '?')
        {
            throw new ArgumentException("behind (? must be one of : = ! <= <! or <name>");
        }

        PatternNode.Alternatives body = ReadAlternatives();
        _depth--;
        return Take(")") ? body : throw new ArgumentException("a parenthesis is not closed");
    }

    private void ReadGroupName()
    {
        int end = _pattern.IndexOf('>', _position);
        string name = end < 0 ? "" : _pattern[_position..end];
        bool isName = name.Length > 0 && !char.IsAsciiDigit(name[0])
            && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '$');
        if (!isName || !_names.Add(name))
        {
            throw new ArgumentException("a named group needs a name of its own between < and >");
        }

        _position = end + 1;
    }

    private PatternNode ReadEscape(out bool isAssertion)
    {
        char letter = _position + 1 < _pattern.Length ? _pattern[_position + 1] : '\0';
        isAssertion = letter is 'b' or 'B';
        if (isAssertion)
        {
            _position += 2;
            return new PatternNode.Assertion(letter == 'b' ? PlaceKind.WordBoundary : PlaceKind.NoWordBoundary);
        }

        if (letter is >= '1' and <= '9' or 'k')
        {
            NotLinear ??= "it refers back to a group";
            _position += 2;
            int end = letter == 'k' ? _pattern.IndexOf('>', _position) + 1 : _position;
            _position = end > 0 && (letter != 'k' || _pattern[_position] == '<')
                ? end
                : throw new ArgumentException("\\k needs the name of a group between < and >");
            return new PatternNode.Sequence([]);
        }

        CodePointSet set = PatternEscape.Read(_pattern, _position, inClass: false, out _position, out _);
        return new PatternNode.Characters(set);
    }

    private PatternNode ReadQuantifier(PatternNode body, bool isAssertion)
    {
        int start = _position;
        if (AtEnd || !TryQuantifier(out int least, out int? most))
        {
            return body;
        }

        if (isAssertion)
        {
            throw new ArgumentException("an assertion cannot be repeated");
        }

        if (most < least)
        {
            throw new ArgumentException($"the numbers of {_pattern[start.._position]} are out of order");
        }

        // Taking few or many first makes no difference to whether there is a match.
        Take("?");
        return new PatternNode.Repeat(body, least, most);
    }

    private bool TryQuantifier(out int least, out int? most)
    {
        (least, most) = (0, null);
        switch (_pattern[_position])
        {
            case '*':
                break;
            case '+':
                least = 1;
                break;
            case '?':
                most = 1;
                break;
            case '{':
                int close = _pattern.IndexOf('}', _position);
                string[] counts = close < 0 ? [] : _pattern[(_position + 1)..close].Split(',');
                int upper = 0;
                if (counts.Length is 0 or > 2 || !TryCount(counts[0], out least)
                    || (counts is [_, { Length: > 0 } second] && !TryCount(second, out upper)))
                {
                    return false;
                }

                most = counts.Length == 1 ? least : counts[1].Length > 0 ? upper : null;
                _position = close;
                break;
            default:
                return false;
        }

        _position++;
        return true;
    }

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private bool Take(string text)
    {
        if (string.CompareOrdinal(_pattern, _position, text, 0, text.Length) != 0)
        {
            return false;
        }

        _position += text.Length;
        return true;
    }
}
