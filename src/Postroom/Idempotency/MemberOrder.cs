namespace Postroom.Idempotency;

/// <summary>
/// Sorts the members of an object by the bytes of their names: in place, and never in quadratic time.
/// </summary>
internal static class MemberOrder
{
    /// <summary>Up to here inserting is quicker than building a heap.</summary>
    private const int InsertionMax = 24;

    public static void Sort(Span<int> members, scoped in CanonicalTree tree)
    {
        if (members.Length > InsertionMax)
        {
            HeapSort(members, tree);
            return;
        }

        for (int index = 1; index < members.Length; index++)
        {
            int member = members[index];
            int gap = index;
            while (gap > 0 && Compare(members[gap - 1], member, tree) > 0)
            {
                members[gap] = members[gap - 1];
                gap--;
            }

            members[gap] = member;
        }
    }

    private static void HeapSort(Span<int> members, scoped in CanonicalTree tree)
    {
        for (int top = (members.Length / 2) - 1; top >= 0; top--)
        {
            SiftDown(members, top, tree);
        }

        for (int last = members.Length - 1; last > 0; last--)
        {
            (members[0], members[last]) = (members[last], members[0]);
            SiftDown(members[..last], 0, tree);
        }
    }

    private static void SiftDown(Span<int> heap, int top, scoped in CanonicalTree tree)
    {
        while ((2 * top) + 1 < heap.Length)
        {
            int child = (2 * top) + 1;
            if (child + 1 < heap.Length && Compare(heap[child], heap[child + 1], tree) < 0)
            {
                child++;
            }

            if (Compare(heap[top], heap[child], tree) >= 0)
            {
                return;
            }

            (heap[top], heap[child]) = (heap[child], heap[top]);
            top = child;
        }
    }

    private static int Compare(int left, int right, scoped in CanonicalTree tree) =>
        tree.Name(left).SequenceCompareTo(tree.Name(right));
}
