namespace Postroom.JsonSchema.Patterns;

/// <summary>
/// A pattern as a nondeterministic automaton. Characters are told apart only as far as the pattern tells them apart:
/// by the number of the group in which they are.
/// </summary>
internal sealed class PatternProgram
{
    private const int StepsMax = 10_000;

    private readonly List<Step> _steps = [];
    private readonly int[] _groupStarts;
    private readonly byte[] _asciiGroups = new byte[128];
    private readonly Dictionary<CodePointSet, bool[]> _groups = [];

    private PatternProgram(PatternNode root)
    {
        var starts = new SortedSet<int> { 0 };
        AddBoundaries(root, starts);
        _groupStarts = [.. starts];
        for (int unit = 0; unit < _asciiGroups.Length; unit++)
        {
            _asciiGroups[unit] = (byte)Find(unit);
        }

        int match = Add(new Step(StepKind.Match, 0, 0, null));
        Start = Emit(root, match);
        WordGroups = GroupsOf(KnownSets.Words);
    }

    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>The step that a match begins with.</summary>
    public int Start { get; }

    public int GroupCount => _groupStarts.Length;

    /// <summary>Whether a group's characters are those of <c>\w</c>; told apart where the pattern asks for words.
    /// </summary>
    public bool[] WordGroups { get; }

    /// <summary>Throws <see cref="NotSupportedException"/> when its counted repetitions make it too large.</summary>
    public static PatternProgram Of(PatternNode root) => new(root);

    public int GroupOf(int point) => point < 128 ? _asciiGroups[point] : Find(point);

    /// <summary>Every match begins where the text does.</summary>
    public bool IsAnchored()
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([Start]);
        while (open.TryPop(out int index))
        {
            Step step = _steps[index];
            if (!seen.Add(index) || (step.Kind == StepKind.Place && step.Other == (int)PlaceKind.Beginning))
            {
                continue;
            }

            if (step.Kind is StepKind.Character or StepKind.Match)
            {
                return false;
            }

            open.Push(step.Next);
            if (step.Kind == StepKind.Choice)
            {
                open.Push(step.Other);
            }
        }

        return true;
    }

    private int Find(int point)
    {
        int index = Array.BinarySearch(_groupStarts, point);
        return index >= 0 ? index : ~index - 1;
    }

    private static void AddBoundaries(PatternNode node, SortedSet<int> starts)
    {
        switch (node)
        {
            case PatternNode.Characters { Set: var set }:
                AddBoundaries(set, starts);
                break;
            case PatternNode.Sequence { Parts: var parts }:
                parts.ToList().ForEach(part => AddBoundaries(part, starts));
                break;
            case PatternNode.Alternatives { Branches: var branches }:
                branches.ToList().ForEach(branch => AddBoundaries(branch, starts));
                break;
            case PatternNode.Repeat { Body: var body }:
                AddBoundaries(body, starts);
                break;
            case PatternNode.Assertion { Kind: PlaceKind.WordBoundary or PlaceKind.NoWordBoundary }:
                AddBoundaries(KnownSets.Words, starts);
                break;
        }
    }

    private static void AddBoundaries(CodePointSet set, SortedSet<int> starts)
    {
        foreach ((int first, int last) in set.Ranges)
        {
            starts.Add(first);
            if (last < CodePointSet.Last)
            {
                starts.Add(last + 1);
            }
        }
    }

    /// <summary>Writes the steps of a node in front of what follows it; gives its first step.</summary>
    private int Emit(PatternNode node, int next)
    {
        switch (node)
        {
            case PatternNode.Characters { Set: var set }:
                return Add(new Step(StepKind.Character, next, 0, GroupsOf(set)));
            case PatternNode.Assertion { Kind: var kind }:
                return Add(new Step(StepKind.Place, next, (int)kind, null));
            case PatternNode.Sequence { Parts: var parts }:
                for (int index = parts.Count - 1; index >= 0; index--)
                {
                    next = Emit(parts[index], next);
                }

                return next;
            case PatternNode.Alternatives { Branches: var branches }:
                int choice = Emit(branches[^1], next);
                for (int index = branches.Count - 2; index >= 0; index--)
                {
                    choice = Add(new Step(StepKind.Choice, Emit(branches[index], next), choice, null));
                }

                return choice;
            default:
                return EmitRepeat((PatternNode.Repeat)node, next);
        }
    }

    private int EmitRepeat(PatternNode.Repeat repeat, int next)
    {
        int after = next;
        if (repeat.Most is { } most)
        {
            for (int count = repeat.Least; count < most; count++)
            {
                next = Add(new Step(StepKind.Choice, Emit(repeat.Body, next), after, null));
            }
        }
        else
        {
            int loop = Add(new Step(StepKind.Choice, 0, after, null));
            _steps[loop] = _steps[loop] with { Next = Emit(repeat.Body, loop) };
            next = loop;
        }

        for (int count = 0; count < repeat.Least; count++)
        {
            // A body without steps may be repeated any number of times.
            int before = next;
            next = Emit(repeat.Body, next);
            if (next == before)
            {
                break;
            }
        }

        return next;
    }

    private int Add(Step step)
    {
        if (_steps.Count >= StepsMax)
        {
            throw new NotSupportedException("its counted repetitions are too large");
        }

        _steps.Add(step);
        return _steps.Count - 1;
    }

    private bool[] GroupsOf(CodePointSet set)
    {
        if (_groups.TryGetValue(set, out bool[]? groups))
        {
            return groups;
        }

        groups = new bool[GroupCount];
        _groups.Add(set, groups);
        foreach ((int first, int last) in set.Ranges)
        {
            for (int group = Find(first); group < groups.Length && _groupStarts[group] <= last; group++)
            {
                groups[group] = true;
            }
        }

        return groups;
    }

    internal enum StepKind
    {
        Match,

        /// <summary>Takes a character of one of the groups.</summary>
        Character,

        /// <summary>Goes on in two ways.</summary>
        Choice,

        /// <summary>Goes on where the place is of the kind.</summary>
        Place,
    }

    /// <param name="Kind">What it does.</param>
    /// <param name="Next">The step behind it.</param>
    /// <param name="Other">The second way of a choice, or the kind of a place.</param>
    /// <param name="Groups">The groups of a character.</param>
    internal sealed record Step(StepKind Kind, int Next, int Other, bool[]? Groups);
}
