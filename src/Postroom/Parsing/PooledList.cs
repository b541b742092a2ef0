using System.Buffers;
using System.Runtime.CompilerServices;

namespace Postroom.Parsing;

/// <summary>A list in a rented array, whose items are used by reference.</summary>
internal struct PooledList<TItem>(int capacity) : IDisposable
{
    private TItem[] _items = ArrayPool<TItem>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public readonly ref TItem this[int index] => ref _items[index];

    public readonly Span<TItem> Items => _items.AsSpan(0, Count);

    /// <summary>Adds an item and returns its index.</summary>
    public int Add(TItem item)
    {
        if (Count == _items.Length)
        {
            TItem[] larger = ArrayPool<TItem>.Shared.Rent(Count * 2);
            Items.CopyTo(larger);
            Return();
            _items = larger;
        }

        _items[Count] = item;
        return Count++;
    }

    public void Dispose()
    {
        Return();
        _items = [];
        Count = 0;
    }

    private readonly void Return()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TItem>())
        {
            Items.Clear();
        }

        ArrayPool<TItem>.Shared.Return(_items);
    }
}
