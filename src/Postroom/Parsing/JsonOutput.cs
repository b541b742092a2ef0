using System.Buffers;

namespace Postroom.Parsing;

/// <summary>
/// Writes compact JSON into one pooled buffer. Only what RFC 8259 §7 demands is escaped: quotes, backslashes and
/// control characters; all other text stays the UTF-8 that it was, so that stored documents can be read and searched.
/// </summary>
internal sealed class JsonOutput(int sizeHint) : IDisposable
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, 64));
    private int _length;

    public int Length => _length;

    /// <summary>Writes text that is JSON already: punctuation, literals, numbers.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        _length += json.Length;
    }

    public void Byte(byte one)
    {
        Reserve(1)[0] = one;
        _length++;
    }

    public void String(ReadOnlySpan<byte> text)
    {
        int plain = text.IndexOfAny(Escaped);
        if (plain < 0)
        {
            Span<byte> space = Reserve(text.Length + 2);
            space[0] = (byte)'"';
            text.CopyTo(space[1..]);
            space[text.Length + 1] = (byte)'"';
            _length += text.Length + 2;
            return;
        }

        Byte((byte)'"');
        for (; plain >= 0; plain = text.IndexOfAny(Escaped))
        {
            Raw(text[..plain]);
            Escape(text[plain]);
            text = text[(plain + 1)..];
        }

        Raw(text);
        Byte((byte)'"');
    }

    /// <summary>The text as it would be written.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> text)
    {
        using JsonOutput output = new(text.Length + 2);
        output.String(text);
        return output.ToArray();
    }

    public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Escape(byte code)
    {
        switch (code)
        {
            case (byte)'"': Raw("\\\""u8); return;
            case (byte)'\\': Raw("\\\\"u8); return;
            case (byte)'\n': Raw("\\n"u8); return;
            case (byte)'\r': Raw("\\r"u8); return;
            case (byte)'\t': Raw("\\t"u8); return;
            default:
                Raw("\\u00"u8);
                Raw([(byte)('0' + (code >> 4)), "0123456789abcdef"u8[code & 0xF]]);
                return;
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
