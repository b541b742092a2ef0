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

    /// <summary>Adds an empty item, to be filled by reference.</summary>
    public ref TItem Add()
    {
        if (Count == _items.Length)
        {
            TItem[] larger = ArrayPool<TItem>.Shared.Rent(Count * 2);
            Items.CopyTo(larger);
            Return();
            _items = larger;
        }

        ref TItem item = ref _items[Count++];
        item = default!;
        return ref item;
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
