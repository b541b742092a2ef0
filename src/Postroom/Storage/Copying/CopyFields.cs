using System.Buffers.Binary;

namespace Postroom.Storage.Copying;

/// <summary>Reads the values of a <see cref="CopySlice"/>, one after the other.</summary>
internal ref struct CopyFields(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public bool IsNull { get; private set; }

    public long Number { get; private set; }

    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The bytes that are not read yet.</summary>
    public readonly int Rest => _rest.Length;

    public void Next()
    {
        var kind = _rest[0];
        _rest = _rest[1..];
        IsNull = kind == CopySlice.Null;
        if (kind == CopySlice.Numeric)
        {
            Number = BinaryPrimitives.ReadInt64BigEndian(_rest);
            _rest = _rest[sizeof(long)..];
        }
        else if (kind == CopySlice.Sequence)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(_rest);
            Bytes = _rest.Slice(sizeof(int), length);
            _rest = _rest[(sizeof(int) + length)..];
        }
    }
}
