using System.Buffers;

namespace Postroom.S3;

/// <summary>
/// Gathers bytes until they fill a piece. While one piece is sent the next one fills, so that it holds two at most; a
/// small file takes little.
/// </summary>
/// <param name="send">Sends a full piece; called for one after the other.</param>
internal sealed class PieceBuffer(Func<ReadOnlyMemory<byte>, Task> send) : IAsyncDisposable
{
    private const int FirstBytes = 64 * 1024;

    private byte[] _bytes = [];
    private byte[] _sending = [];
    private Task _underWay = Task.CompletedTask;

    /// <summary>Bytes that fill no piece so far.</summary>
    public ReadOnlyMemory<byte> Rest => _bytes.AsMemory(0, Count);

    public int Count { get; private set; }

    public async ValueTask WriteAsync(ReadOnlySequence<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (Count == S3FileStore.PieceBytes)
            {
                await SendAsync();
            }

            var taken = bytes.Slice(0, Math.Min(bytes.Length, S3FileStore.PieceBytes - Count));
            Grow(Count + (int)taken.Length);
            taken.CopyTo(_bytes.AsSpan(Count));
            Count += (int)taken.Length;
            bytes = bytes.Slice(taken.End);
        }
    }

    /// <summary>Waits until every full piece is sent; what is left fills none.</summary>
    public async ValueTask FlushAsync()
    {
        if (Count == S3FileStore.PieceBytes)
        {
            await SendAsync();
        }

        await _underWay;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _underWay;
        }
        catch (IOException)
        {
            // Whoever flushed has heard of it.
        }

        Return(_bytes);
        Return(_sending);
        (_bytes, _sending, Count) = ([], [], 0);
    }

    private async ValueTask SendAsync()
    {
        await _underWay;
        (_bytes, _sending) = (_sending, _bytes);
        Count = 0;
        _underWay = send(_sending.AsMemory(0, S3FileStore.PieceBytes));
    }

    private void Grow(int needed)
    {
        if (needed <= _bytes.Length)
        {
            return;
        }

        var size = Math.Clamp(Math.Max(needed, 2 * _bytes.Length), FirstBytes, S3FileStore.PieceBytes);
        var grown = ArrayPool<byte>.Shared.Rent(size);
        _bytes.AsSpan(0, Count).CopyTo(grown);
        Return(_bytes);
        _bytes = grown;
    }

    private static void Return(byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
