namespace Postroom.JsonSchema.Patterns;

/// <summary>A state of the deterministic automaton: where the matches that are under way are.</summary>
internal sealed class PatternState : IEquatable<PatternState>
{
    private readonly int _hash;

    public PatternState(int[] steps, Before preceding, int groups)
    {
        Steps = steps;
        Preceding = preceding;
        Next = new PatternState?[groups];
        var hash = new HashCode();
        hash.Add(preceding);
        foreach (int step in steps)
        {
            hash.Add(step);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>What stands before the place.</summary>
    internal enum Before
    {
        Beginning,
        Word,
        Other,
    }

    /// <summary>In ascending order.</summary>
    public int[] Steps { get; }

    public Before Preceding { get; }

    /// <summary>By the group of the next character; null where no text has asked yet.</summary>
    public PatternState?[] Next { get; }

    /// <summary>Whether there is a match when the text ends here: 1 or -1; 0 while no text has.</summary>
    public int MatchesAtEnd { get; set; }

    public bool Equals(PatternState? other) =>
        other is not null && Preceding == other.Preceding && Steps.AsSpan().SequenceEqual(other.Steps);

    public override bool Equals(object? obj) => Equals(obj as PatternState);

    public override int GetHashCode() => _hash;
}
