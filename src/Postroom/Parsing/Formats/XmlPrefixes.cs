using System.Runtime.CompilerServices;

namespace Postroom.Parsing.Formats;

/// <summary>The prefixes of namespaces that are in scope; few, and each with one meaning at a time.</summary>
internal struct XmlPrefixes
{
    private const int Max = 16;

    private Places _places;
    private int _count;

    /// <summary>Declares a prefix that stands in the XML; false when it is declared, or one too many.</summary>
    public bool Add(ReadOnlySpan<byte> xml, int start, int length, int depth, bool isInstance)
    {
        if (_count == Max || Find(xml, xml.Slice(start, length), out _))
        {
            return false;
        }

        _places[_count++] = (start, length, depth, isInstance);
        return true;
    }

    /// <summary>Whether a prefix is declared, and if that of <c>xsi:nil</c> and its like.</summary>
    public readonly bool Find(ReadOnlySpan<byte> xml, ReadOnlySpan<byte> prefix, out bool isInstance)
    {
        isInstance = false;
        for (int index = 0; index < _count; index++)
        {
            (int start, int length, _, isInstance) = _places[index];
            if (prefix.SequenceEqual(xml.Slice(start, length)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Forgets what was declared deeper than this.</summary>
    public void Leave(int depth)
    {
        while (_count > 0 && _places[_count - 1].Depth > depth)
        {
            _count--;
        }
    }

    [InlineArray(Max)]
    private struct Places
    {
#pragma warning disable IDE0051, CS0169 // The field is the first element of the inline array.
        private (int Start, int Length, int Depth, bool IsInstance) _first;
#pragma warning restore IDE0051, CS0169
    }
}
