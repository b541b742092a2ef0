using System.Buffers;
using System.IO.Pipelines;

namespace Postroom.Parsing;

/// <summary>
/// The part of a body that is looked at, in one piece: bytes come in blocks of 4 KiB, and a search or a write that
/// takes many blocks at once costs less than the copy.
/// </summary>
internal sealed class MultipartWindow(PipeReader source) : IDisposable
{
    private const int Size = 64 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Size);
    private int _start;
    private int _end;
    private bool _isComplete;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, _end - _start);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(_start, _end - _start);

    /// <summary>Lets go of the first bytes.</summary>
    public void Take(int count) => _start += count;

    /// <summary>Reads until there are so many bytes; false when the body ends before.</summary>
    public async ValueTask<bool> FillToAsync(int count)
    {
        while (_end - _start < count && await FillMoreAsync())
        {
        }

        return _end - _start >= count;
    }

    /// <summary>Reads what is there, at least one byte; false at the end of the body.</summary>
    public async ValueTask<bool> FillMoreAsync()
    {
        MakeSpace();
        int before = _end;
        while (!_isComplete && _end == before)
        {
            Add(await source.ReadAsync(CancellationToken.None));
        }

        while (!_isComplete && _end < _bytes.Length && source.TryRead(out ReadResult more))
        {
            Add(more);
        }

        return _end > before;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = _end = 0;
    }

    private void Add(ReadResult result)
    {
        ReadOnlySequence<byte> bytes = result.Buffer;
        bool isAll = bytes.Length <= _bytes.Length - _end;
        ReadOnlySequence<byte> taken = isAll ? bytes : bytes.Slice(0, _bytes.Length - _end);
        taken.CopyTo(_bytes.AsSpan(_end));
        _end += (int)taken.Length;
        _isComplete = isAll && result.IsCompleted;
        source.AdvanceTo(taken.End);
    }

    private void MakeSpace()
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        _end -= _start;
        _start = 0;
    }
}
