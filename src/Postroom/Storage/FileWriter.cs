using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Postroom.Storage;

/// <summary>
/// Takes the bytes of one file as they come and hashes them. First the bytes, then <see cref="End"/>, then
/// <see cref="CompleteAsync"/> before the unit that names the file is committed. Disposed before it is complete, it
/// leaves nothing behind. One thread at a time.
/// </summary>
public abstract class FileWriter : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes so far.</summary>
    public long Size { get; private set; }

    /// <summary>The SHA-256 of all bytes, 64 hexadecimal digits in lower case; null before the end.</summary>
    public string? Digest { get; private set; }

    /// <summary>True when all bytes are on stable storage.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Adds bytes. They are not held when it returns.</summary>
    /// <exception cref="StorageFullException">There is no space.</exception>
    public async ValueTask WriteAsync(ReadOnlySequence<byte> bytes)
    {
        // The bytes are hashed while the store writes them.
        var write = WriteBytesAsync(bytes, Size);
        try
        {
            foreach (var part in bytes)
            {
                _hash.AppendData(part.Span);
            }
        }
        finally
        {
            await write;
        }

        Size += bytes.Length;
    }

    /// <summary>Says that there are no more bytes, and fixes the digest.</summary>
    [MemberNotNull(nameof(Digest))]
    public void End() => Digest = Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Makes the file and its name durable.</summary>
    /// <exception cref="StorageFullException">There is no space.</exception>
    public async ValueTask CompleteAsync()
    {
        if (Digest is null)
        {
            throw new InvalidOperationException("A file is completed after its end.");
        }

        await MakeDurableAsync();
        IsComplete = true;
    }

    /// <summary>Lets go of the file, and removes it unless it is complete.</summary>
    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes bytes at that offset, which is where the last ones ended.</summary>
    protected abstract ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset);

    /// <summary>Brings all bytes, and then the name, to stable storage.</summary>
    protected abstract ValueTask MakeDurableAsync();

    /// <summary>Closes the file; removes it unless <see cref="IsComplete"/>.</summary>
    protected abstract ValueTask CloseAsync();
}
