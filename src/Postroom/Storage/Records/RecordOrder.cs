using System.Text;

namespace Postroom.Storage.Records;

/// <summary>The order of a query, for a store that sorts by itself.</summary>
internal sealed class RecordOrder(IReadOnlyList<RecordSort> sorts) : IComparer<RecordPlace>
{
    public int Compare(RecordPlace? left, RecordPlace? right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        for (var index = 0; index < sorts.Count; index++)
        {
            var order = Compare(left.Values[index], right.Values[index]);
            if (order != 0)
            {
                return sorts[index].IsDescending ? -order : order;
            }
        }

        var ids = left.Id.CompareTo(right.Id);
        return sorts.Count > 0 && !sorts[^1].IsDescending ? ids : -ids;
    }

    private static int Compare(RecordValue left, RecordValue right) => (left.Kind, right.Kind) switch
    {
        (RecordValueKind.None, RecordValueKind.None) => 0,
        (RecordValueKind.None, _) => 1,
        (_, RecordValueKind.None) => -1,
        (RecordValueKind.Text, _) =>
            Encoding.UTF8.GetBytes(left.Text!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right.Text!)),
        (RecordValueKind.Number, _) => left.Number.CompareTo(right.Number),
        _ => left.Integer.CompareTo(right.Integer),
    };
}
