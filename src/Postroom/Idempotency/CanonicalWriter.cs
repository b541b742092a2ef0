using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Postroom.Idempotency;

/// <summary>Writes a document's canonical encoding; its grammar stands at <see cref="CanonicalDigest"/>.</summary>
internal ref struct CanonicalWriter
{
    private const byte Version = 1;

    private readonly CanonicalTree _tree;
    private readonly CanonicalReading _reading;
    private readonly byte[] _buffer;
    private int _length;

    /// <param name="tree">The document; disposed by its owner.</param>
    /// <param name="reading">When two documents count as the same.</param>
    /// <param name="sizeMax">Bytes that the encoding cannot exceed.</param>
    public CanonicalWriter(CanonicalTree tree, CanonicalReading reading, int sizeMax)
    {
        _tree = tree;
        _reading = reading;
        _buffer = ArrayPool<byte>.Shared.Rent(sizeMax);
    }

    public ReadOnlySpan<byte> Write(ReadOnlySpan<byte> prefix)
    {
        Tag(Version);
        Text(prefix);
        Value(0);
        return _buffer.AsSpan(0, _length);
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Value(int index)
    {
        ref CanonicalNode node = ref _tree[index];
        switch (node.Type)
        {
            case JsonTokenType.StartObject:
                Members(ref node);
                return;
            case JsonTokenType.StartArray:
                Elements(ref node);
                return;
            case JsonTokenType.Null:
                Tag((byte)'n');
                return;
            case JsonTokenType.String:
                Tag((byte)'"');
                Text(_tree.Text(index));
                return;
            default:
                Scalar(node.Type, _tree.Text(index));
                return;
        }
    }

    private void Scalar(JsonTokenType type, ReadOnlySpan<byte> text)
    {
        if (_reading == CanonicalReading.FormText)
        {
            Tag((byte)'"');
            Text(text);
        }
        else if (type == JsonTokenType.Number)
        {
            Tag((byte)'#');
            Number(text);
        }
        else
        {
            Tag(type == JsonTokenType.True ? (byte)'t' : (byte)'f');
        }
    }

    private void Elements(ref CanonicalNode node)
    {
        if (_reading == CanonicalReading.FormText && node.ChildCount == 1)
        {
            Value(node.FirstChild);
            return;
        }

        Tag((byte)'[');
        Count(node.ChildCount);
        for (int child = node.FirstChild; child != 0; child = _tree[child].Next)
        {
            Value(child);
        }
    }

    private void Members(ref CanonicalNode node)
    {
        Tag((byte)'{');
        Count(node.ChildCount);
        int[] rented = ArrayPool<int>.Shared.Rent(Math.Max(node.ChildCount, 1));
        Span<int> order = rented.AsSpan(0, node.ChildCount);
        int filled = 0;
        for (int child = node.FirstChild; child != 0; child = _tree[child].Next)
        {
            order[filled++] = child;
        }

        MemberOrder.Sort(order, _tree);
        foreach (int child in order)
        {
            Text(_tree.Name(child));
            Value(child);
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    /// <summary>A number is its text; only <c>1E+2</c> and <c>1e2</c>, which no sender tells apart, are one.</summary>
    private void Number(ReadOnlySpan<byte> text)
    {
        int start = _length;
        Count(0);
        foreach (byte digit in text)
        {
            if (digit != '+')
            {
                Tag(digit == 'E' ? (byte)'e' : digit);
            }
        }

        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(start), _length - start - sizeof(int));
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        Count(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    private void Count(int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), count);
        _length += sizeof(int);
    }

    private void Tag(byte tag) => _buffer[_length++] = tag;
}
