namespace Postroom.Crash.Tests.States;

/// <summary>A file's bytes while changes are laid over each other; gaps are zeros, as in a sparse file.</summary>
internal sealed class FileContent
{
    private byte[] _bytes;
    private int _length;

    public FileContent(ReadOnlyMemory<byte> initial)
    {
        _bytes = initial.ToArray();
        _length = _bytes.Length;
    }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    public void Write(long offset, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return;
        }

        Grow(offset + data.Length);
        data.CopyTo(_bytes.AsSpan((int)offset));
    }

    public void Resize(long length)
    {
        if (length < _length)
        {
            _bytes.AsSpan((int)length, _length - (int)length).Clear();
        }
        else
        {
            Grow(length);
        }

        _length = (int)length;
    }

    public void Grow(long length)
    {
        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Max(length, _bytes.Length * 2L));
        }

        _length = (int)Math.Max(_length, length);
    }
}
