using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Walking;

/// <summary>Finds two equal items of an array in time linear in its text.</summary>
internal sealed class ItemSet
{
    private const int ComparedMax = 8;
    private const int KeptMax = 16 * 1024;

    private Item[] _items = new Item[16];
    private int[] _slots = [];
    private byte[] _digits = new byte[64];

    /// <summary>The start of the first item that equals an earlier one, from the array's start, or -1.</summary>
    /// <param name="array">A well-formed array from bracket to bracket.</param>
    public int FindDuplicate(ReadOnlySpan<byte> array)
    {
        int count = Collect(array);
        if (count > ComparedMax)
        {
            PrepareSlots(count);
        }

        for (int index = 1; index < count; index++)
        {
            if (count > ComparedMax ? !Add(array, index) : EqualsEarlier(array, index))
            {
                return _items[index].Start;
            }
        }

        return -1;
    }

    public void Clear()
    {
        if (_items.Length > KeptMax || _digits.Length > KeptMax)
        {
            (_items, _slots, _digits) = (new Item[16], [], new byte[64]);
        }
    }

    private int Collect(ReadOnlySpan<byte> array)
    {
        int count = 0;
        var items = new MemberReader(array);
        while (items.Next())
        {
            if (count == _items.Length)
            {
                Array.Resize(ref _items, count * 2);
            }

            _items[count++] = new Item(items.ValueStart, items.Value.Length, 0, 0);
        }

        return count;
    }

    private void PrepareSlots(int count)
    {
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count * 2);
        if (_slots.Length < size)
        {
            _slots = new int[size];
        }
        else
        {
            Array.Clear(_slots);
        }
    }

    private bool EqualsEarlier(ReadOnlySpan<byte> array, int index)
    {
        for (int earlier = 0; earlier < index; earlier++)
        {
            if (JsonText.ValueEquals(Text(array, earlier), Text(array, index)))
            {
                return true;
            }
        }

        return false;
    }

    private bool Add(ReadOnlySpan<byte> array, int index)
    {
        if (index == 1)
        {
            Add(array, 0);
        }

        ReadOnlySpan<byte> value = Text(array, index);
        uint hash = Hash(value);
        ref int slot = ref _slots[hash & (uint)(_slots.Length - 1)];
        for (int other = slot - 1; other >= 0; other = _items[other].Next - 1)
        {
            if (_items[other].Hash == hash && JsonText.ValueEquals(Text(array, other), value))
            {
                return false;
            }
        }

        _items[index] = _items[index] with { Hash = hash, Next = slot };
        slot = index + 1;
        return true;
    }

    private ReadOnlySpan<byte> Text(ReadOnlySpan<byte> array, int index) =>
        array.Slice(_items[index].Start, _items[index].Length);

    /// <summary>Equal values have equal hashes: numbers by value, strings unescaped, objects without order.</summary>
    private uint Hash(ReadOnlySpan<byte> value)
    {
        switch (value[0])
        {
            case (byte)'"':
                return HashString(value[1..^1]);
            case (byte)'[':
            case (byte)'{':
                return HashContainer(value);
            case (byte)'t' or (byte)'f' or (byte)'n':
                return value[0];
            default:
                return HashNumber(DecimalText.Parse(value));
        }
    }

    private uint HashContainer(ReadOnlySpan<byte> container)
    {
        uint hash = container[0];
        bool ordered = container[0] == (byte)'[';
        var members = new MemberReader(container);
        while (members.Next())
        {
            uint item = Hash(members.Value);
            hash = ordered ? KeyedHash.Mix(hash, item) : hash + KeyedHash.Mix(HashString(members.Name), item);
        }

        return hash;
    }

    private uint HashString(ReadOnlySpan<byte> content)
    {
        if (content.IndexOf((byte)'\\') < 0)
        {
            return KeyedHash.Of(content);
        }

        Span<byte> plain = Buffer(content.Length);
        return KeyedHash.Of(plain[..JsonString.Unescape(content, plain)]);
    }

    private uint HashNumber(DecimalText number)
    {
        Span<byte> digits = Buffer(number.DigitCount)[..number.DigitCount];
        number.CopyDigits(digits);
        uint hash = KeyedHash.Mix(KeyedHash.Of(digits), (uint)number.Scale);
        return number.IsNegative ? ~hash : hash;
    }

    private Span<byte> Buffer(int length)
    {
        if (_digits.Length < length)
        {
            _digits = new byte[length];
        }

        return _digits;
    }

    private readonly record struct Item(int Start, int Length, uint Hash, int Next);
}
