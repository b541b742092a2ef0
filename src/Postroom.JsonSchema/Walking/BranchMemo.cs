namespace Postroom.JsonSchema.Walking;

/// <summary>
/// What judging an array or object by a schema with alternatives gave, by schema and place. Without it a recursive
/// schema with two alternatives would judge a value at depth d 2^d times.
/// </summary>
internal sealed class BranchMemo
{
    private const int KeptMax = 16 * 1024;

    private Verdict[] _verdicts = [];
    private int _count;
    private int[] _slots = [];

    public bool TryGet(int node, int start, out Verdict verdict)
    {
        verdict = default;
        int index = _count == 0 ? -1 : Find(node, start);
        if (index < 0)
        {
            return false;
        }

        verdict = _verdicts[index];
        return true;
    }

    public void Set(in Verdict verdict)
    {
        int known = _count == 0 ? -1 : Find(verdict.Node, verdict.Start);
        if (known >= 0)
        {
            _verdicts[known] = verdict with { Next = _verdicts[known].Next };
            return;
        }

        if (_count * 2 >= _slots.Length)
        {
            Grow();
        }

        ref int slot = ref Slot(verdict.Node, verdict.Start);
        _verdicts[_count++] = verdict with { Next = slot };
        slot = _count;
    }

    public void Clear()
    {
        if (_count == 0)
        {
            return;
        }

        _count = 0;
        if (_slots.Length > KeptMax)
        {
            (_slots, _verdicts) = ([], []);
            return;
        }

        Array.Clear(_slots);
    }

    private int Find(int node, int start)
    {
        int index = Slot(node, start) - 1;
        while (index >= 0 && (_verdicts[index].Node != node || _verdicts[index].Start != start))
        {
            index = _verdicts[index].Next - 1;
        }

        return index;
    }

    private void Grow()
    {
        int size = Math.Max(64, _slots.Length * 2);
        _slots = new int[size];
        Array.Resize(ref _verdicts, size / 2 + 1);
        for (int index = 0; index < _count; index++)
        {
            ref int slot = ref Slot(_verdicts[index].Node, _verdicts[index].Start);
            _verdicts[index] = _verdicts[index] with { Next = slot };
            slot = index + 1;
        }
    }

    private ref int Slot(int node, int start) =>
        ref _slots[KeyedHash.Mix((uint)node, (uint)start) & (uint)(_slots.Length - 1)];

    /// <summary>A score of 0 is valid; End is the first byte behind the value.</summary>
    internal readonly record struct Verdict(
        int Node, int Start, int End, long Score, WalkPurpose Purpose, int Next = 0);
}
