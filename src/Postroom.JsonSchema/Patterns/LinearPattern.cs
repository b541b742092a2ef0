using System.Text;

namespace Postroom.JsonSchema.Patterns;

/// <summary>
/// A regular expression with the meaning of ECMA-262, matched in time linear in the text: a deterministic automaton
/// over UTF-8 that is built as far as the texts ask for it. For any number of threads.
/// </summary>
internal sealed class LinearPattern
{
    /// <summary>Beyond this many steps kept in states the automaton is begun anew.</summary>
    private const int KeptStepsMax = 1 << 20;

    private readonly PatternProgram _program;
    private readonly PatternState _accepting = new([], PatternState.Before.Beginning, 0);
    private readonly PatternState _dead = new([], PatternState.Before.Beginning, 0);
    private readonly bool _isAnchored;
    private readonly Lock _building = new();
    private Dictionary<PatternState, PatternState> _states = [];
    private int _keptSteps;
    private PatternState _first;

    private LinearPattern(PatternProgram program)
    {
        _program = program;
        _isAnchored = program.IsAnchored();
        _first = new PatternState([program.Start], PatternState.Before.Beginning, program.GroupCount);
    }

    /// <summary>Throws <see cref="NotSupportedException"/> with the reason when the pattern cannot be had in linear
    /// time, and <see cref="ArgumentException"/> when it is no pattern.</summary>
    public static LinearPattern Compile(string pattern)
    {
        PatternNode root = PatternParser.Parse(pattern, out string? notLinear);
        return notLinear is null
            ? new LinearPattern(PatternProgram.Of(root))
            : throw new NotSupportedException(notLinear);
    }

    /// <summary>Whether the text is a pattern, linear or not.</summary>
    public static bool IsPattern(string text)
    {
        try
        {
            PatternParser.Parse(text, out _);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether the pattern matches anywhere in the text, which must be UTF-8.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        PatternState state = _first;
        int position = 0;
        while (position < text.Length)
        {
            int point = text[position];
            int length = 1;
            if (point >= 0x80)
            {
                Rune.DecodeFromUtf8(text[position..], out Rune rune, out length);
                point = rune.Value;
            }

            position += length;
            int group = _program.GroupOf(point);
            state = state.Next[group] ?? Advance(state, group);
            if (ReferenceEquals(state, _accepting) || ReferenceEquals(state, _dead))
            {
                return ReferenceEquals(state, _accepting);
            }
        }

        if (state.MatchesAtEnd == 0)
        {
            state.MatchesAtEnd = Follow(state.Steps, state.Preceding, group: -1).Any(IsMatch) ? 1 : -1;
        }

        return state.MatchesAtEnd > 0;
    }

    private bool IsMatch(int step) => _program.Steps[step].Kind == PatternProgram.StepKind.Match;

    private PatternState Advance(PatternState state, int group)
    {
        lock (_building)
        {
            PatternState next = Build(state, group);
            state.Next[group] = next;
            return next;
        }
    }

    private PatternState Build(PatternState state, int group)
    {
        var taken = new SortedSet<int>();
        foreach (int step in Follow(state.Steps, state.Preceding, group))
        {
            if (IsMatch(step))
            {
                return _accepting;
            }

            if (_program.Steps[step] is { Kind: PatternProgram.StepKind.Character, Groups: { } groups, Next: var next }
                && groups[group])
            {
                taken.Add(next);
            }
        }

        if (!_isAnchored)
        {
            taken.Add(_program.Start);
        }
        else if (taken.Count == 0)
        {
            return _dead;
        }

        PatternState.Before before = _program.WordGroups[group] ? PatternState.Before.Word : PatternState.Before.Other;
        return Keep(new PatternState([.. taken], before, _program.GroupCount));
    }

    private PatternState Keep(PatternState state)
    {
        if (_states.TryGetValue(state, out PatternState? known))
        {
            return known;
        }

        if (_keptSteps > KeptStepsMax)
        {
            // Matches that are under way keep the states they know; new ones begin without.
            (_states, _keptSteps) = ([], 0);
            _first = new PatternState(_first.Steps, _first.Preceding, _program.GroupCount);
        }

        _keptSteps += state.Steps.Length + _program.GroupCount;
        _states.Add(state, state);
        return state;
    }

    /// <summary>Every step that is reached without taking a character, before one of the group; -1 for the end.
    /// </summary>
    private IEnumerable<int> Follow(int[] steps, PatternState.Before before, int group)
    {
        bool wordBehind = group >= 0 && _program.WordGroups[group];
        bool[] seen = new bool[_program.Steps.Count];
        var open = new Stack<int>(steps);
        while (open.TryPop(out int index))
        {
            if (seen[index])
            {
                continue;
            }

            seen[index] = true;
            PatternProgram.Step step = _program.Steps[index];
            yield return index;
            if (step.Kind == PatternProgram.StepKind.Choice)
            {
                open.Push(step.Next);
                open.Push(step.Other);
            }
            else if (step.Kind == PatternProgram.StepKind.Place
                && IsAt((PlaceKind)step.Other, before, group < 0, wordBehind))
            {
                open.Push(step.Next);
            }
        }
    }

    private static bool IsAt(PlaceKind kind, PatternState.Before before, bool isEnd, bool wordBehind) => kind switch
    {
        PlaceKind.Beginning => before == PatternState.Before.Beginning,
        PlaceKind.End => isEnd,
        PlaceKind.WordBoundary => before == PatternState.Before.Word != wordBehind,
        _ => before == PatternState.Before.Word == wordBehind,
    };
}
