using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Execution.Batches;

/// <summary>What items of one key ask for together: one guard, which knows who asked for how much.</summary>
internal sealed class RecordSum(Guard guard, int index, long weight)
{
    private readonly List<(int Index, long Weight)> _items = [(index, weight)];

    public Guard Guard { get; private set; } = guard;

    public void Add(int item, long more)
    {
        _items.Add((item, more));
        Guard = Guard switch
        {
            SumBelow sum => sum with { Add = Plus(sum.Add, more), Except = default },
            StockBelow stock => stock with { Sum = stock.Sum with { Add = Plus(stock.Sum.Add, more) } },
            _ => throw new InvalidOperationException("Only sums are added up."),
        };
    }

    /// <summary>The first item for which not enough was left, and how much was left when its turn came.</summary>
    public (int Index, long Left) FirstBeyond(long left)
    {
        foreach (var (item, asked) in _items)
        {
            if (asked > left)
            {
                return (item, left);
            }

            left -= asked;
        }

        return (_items[^1].Index, left);
    }

    private static long Plus(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}
