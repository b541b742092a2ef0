using System.Buffers;

namespace Postroom.Parsing;

/// <summary>
/// The pairs of a form in the order sent, decoded to UTF-8 in one pooled buffer. Whatever the notation, parsers fill
/// this and nothing else, so that every rule about names and values stands once.
/// </summary>
internal sealed class FormFields : IDisposable
{
    private const int FieldsAtFirst = 32;

    private byte[] _bytes;
    private int _length;
    private FormField[] _fields = ArrayPool<FormField>.Shared.Rent(FieldsAtFirst);
    private int _count;

    /// <summary>Rents space for a body of so many bytes; what is decoded is hardly ever longer.</summary>
    public FormFields(int bodyLength) => _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(bodyLength, 1));

    public int Count => _count;

    /// <summary>True when bytes that are not UTF-8 were replaced by U+FFFD.</summary>
    public bool HadInvalidUtf8 { get; set; }

    /// <summary>False when no name and no value holds a control character, CR and NUL among them.</summary>
    public bool MayHaveControls { get; set; } = true;

    public FormField this[int index] => _fields[index];

    /// <summary>The buffer in which the fields stand; writable, since cleaning a value only makes it shorter.</summary>
    public byte[] Bytes => _bytes;

    public ReadOnlySpan<byte> Name(int index) => _bytes.AsSpan(_fields[index].NameStart, _fields[index].NameLength);

    public ReadOnlySpan<byte> Value(int index) => _bytes.AsSpan(_fields[index].ValueStart, _fields[index].ValueLength);

    /// <summary>Free space for the next text; what is used of it is kept by <see cref="Keep"/>.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + count));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(_length, count);
    }

    /// <summary>Keeps the first bytes of what was reserved and tells where they stand.</summary>
    public int Keep(int count)
    {
        int start = _length;
        _length += count;
        return start;
    }

    public int Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        return Keep(text.Length);
    }

    public void Add(FormField field)
    {
        if (_count == _fields.Length)
        {
            FormField[] larger = ArrayPool<FormField>.Shared.Rent(_fields.Length * 2);
            _fields.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<FormField>.Shared.Return(_fields);
            _fields = larger;
        }

        _fields[_count++] = field;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<FormField>.Shared.Return(_fields);
        _bytes = [];
        _fields = [];
        _length = _count = 0;
    }
}
