using System.Buffers.Binary;

namespace Postroom.Storage.Copying;

/// <summary>
/// Some rows in a row of bytes that is the same whatever engine they came from: what is hashed, and what is written.
/// A value is a byte for what it is, and then a number of 8 bytes, or a length of 4 and that many bytes.
/// </summary>
/// <param name="rowsMax">How many rows are moved at once.</param>
internal sealed class CopySlice(int rowsMax = CopySlice.RowsAtOnce)
{
    /// <summary>How many rows are moved at once, unless told.</summary>
    public const int RowsAtOnce = 5000;

    public const byte Null = 0;
    public const byte Numeric = 1;
    public const byte Sequence = 2;

    private const int BytesMax = 4 * 1024 * 1024;
    private const int BytesAtFirst = 64 * 1024;

    private byte[] _bytes = new byte[BytesAtFirst];
    private int _length;
    private int _lastRow;

    public int Rows { get; private set; }

    /// <summary>The size that fits what is moved at once; a single row may be larger.</summary>
    public bool IsFull => Rows >= rowsMax || _length >= BytesMax;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear() => (Rows, _length, _lastRow) = (0, 0, 0);

    public void BeginRow()
    {
        Rows++;
        _lastRow = _length;
    }

    public void AddNull() => Take(1)[0] = Null;

    public void Add(long number)
    {
        var place = Take(1 + sizeof(long));
        place[0] = Numeric;
        BinaryPrimitives.WriteInt64BigEndian(place[1..], number);
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var place = Take(1 + sizeof(int) + bytes.Length);
        place[0] = Sequence;
        BinaryPrimitives.WriteInt32BigEndian(place[1..], bytes.Length);
        bytes.CopyTo(place[(1 + sizeof(int))..]);
    }

    /// <summary>The values of all rows, one after the other.</summary>
    public CopyFields Fields() => new(Bytes);

    /// <summary>The first values of the last row: where the next slice goes on.</summary>
    public byte[] LastKey(int keys)
    {
        var row = Bytes[_lastRow..];
        var fields = new CopyFields(row);
        for (var i = 0; i < keys; i++)
        {
            fields.Next();
        }

        return row[..^fields.Rest].ToArray();
    }

    private Span<byte> Take(int count)
    {
        if (_bytes.Length - _length < count)
        {
            var size = Math.Max(_bytes.Length * 2L, (long)_length + count);
            Array.Resize(ref _bytes, (int)Math.Min(size, Array.MaxLength));
        }

        var place = _bytes.AsSpan(_length, count);
        _length += count;
        return place;
    }
}
