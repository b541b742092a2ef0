namespace Postroom.JsonSchema.Patterns;

/// <summary>A set of Unicode code points.</summary>
internal sealed class CodePointSet
{
    public const int Last = 0x10FFFF;

    private readonly List<(int First, int Last)> _ranges = [];

    /// <summary>Not sorted, and they may overlap.</summary>
    public IReadOnlyList<(int First, int Last)> Ranges => _ranges;

    public CodePointSet Add(int first, int last)
    {
        _ranges.Add((first, last));
        return this;
    }

    public CodePointSet Add(CodePointSet other)
    {
        _ranges.AddRange(other._ranges);
        return this;
    }

    public CodePointSet Complement()
    {
        var complement = new CodePointSet();
        int next = 0;
        foreach ((int first, int last) in _ranges.Order())
        {
            if (first > next)
            {
                complement.Add(next, first - 1);
            }

            next = Math.Max(next, last + 1);
        }

        return next <= Last ? complement.Add(next, Last) : complement;
    }
}
