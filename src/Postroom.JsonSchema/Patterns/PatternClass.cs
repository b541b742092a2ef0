using System.Text;

namespace Postroom.JsonSchema.Patterns;

/// <summary>A class in brackets (ECMA-262 section 22.2.1, CharacterClass).</summary>
internal sealed class PatternClass(string pattern, int position)
{
    /// <summary>Reads from behind the opening bracket.</summary>
    /// <param name="end">The first character behind the closing bracket.</param>
    public CodePointSet Read(out int end)
    {
        var set = new CodePointSet();
        bool negated = Peek() == '^';
        position += negated ? 1 : 0;
        while (Peek() != ']')
        {
            CodePointSet atom = ReadAtom(out int first);
            if (Peek() != '-' || position + 1 >= pattern.Length || pattern[position + 1] == ']')
            {
                set.Add(atom);
                continue;
            }

            position++;
            CodePointSet bound = ReadAtom(out int last);
            if (first < 0 || last < 0)
            {
                // A hyphen beside a set makes no range; it is held itself.
                set.Add(atom).Add(bound).Add('-', '-');
                continue;
            }

            set.Add(first, first <= last ? last : throw new ArgumentException("a range in brackets is out of order"));
        }

        end = position + 1;
        return negated ? set.Complement() : set;
    }

    private CodePointSet ReadAtom(out int single)
    {
        if (Peek() == '\\')
        {
            return PatternEscape.Read(pattern, position, inClass: true, out position, out single);
        }

        Rune rune = Rune.GetRuneAt(pattern, position);
        position += rune.Utf16SequenceLength;
        single = rune.Value;
        return new CodePointSet().Add(single, single);
    }

    private char Peek() => position < pattern.Length
        ? pattern[position]
        : throw new ArgumentException("a bracket is not closed");
}
