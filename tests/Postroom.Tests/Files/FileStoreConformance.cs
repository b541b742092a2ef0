using System.Buffers;
using System.Security.Cryptography;
using Postroom.Storage;

namespace Postroom.Tests.Files;

/// <summary>What every store of files promises.</summary>
public abstract class FileStoreConformance
{
    private readonly EntryIdSource _ids = new(TimeProvider.System, EntropySource.System);

    private protected abstract IFileStore Store { get; }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task A_file_comes_back_byte_for_byte_with_its_digest(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        var id = _ids.Next();
        await using var writer = await Store.CreateAsync(id);
        for (var start = 0; start < size; start += 70_000)
        {
            await writer.WriteAsync(InBlocks(bytes.AsMemory(start, Math.Min(70_000, size - start))));
        }

        writer.End();
        await writer.CompleteAsync();

        Assert.Equal(size, writer.Size);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), writer.Digest);
        Assert.Equal(bytes, await ReadAsync(id));
    }

    [Fact]
    public async Task A_file_can_be_read_before_it_is_complete()
    {
        var id = _ids.Next();
        await using var writer = await Store.CreateAsync(id);
        await writer.WriteAsync(new ReadOnlySequence<byte>("half"u8.ToArray()));

        Assert.Equal("half"u8.ToArray(), await ReadAsync(id));
    }

    /// <summary>GHSA-3p4h-7m6x-2hcm, CVE-2026-77037: what is broken off leaves no file behind.</summary>
    [Fact]
    public async Task A_writer_that_is_given_up_leaves_nothing()
    {
        var id = _ids.Next();
        var writer = await Store.CreateAsync(id);
        await writer.WriteAsync(new ReadOnlySequence<byte>(new byte[100]));
        writer.End();
        await writer.DisposeAsync();

        Assert.Null(await Store.OpenAsync(id));
        Assert.Empty(await OlderAsync(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_file_is_not_complete_before_its_end()
    {
        await using var writer = await Store.CreateAsync(_ids.Next());

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.CompleteAsync());
        Assert.False(writer.IsComplete);
    }

    [Fact]
    public async Task A_file_is_deleted_once_and_again_without_a_fault()
    {
        var id = await WriteAsync();
        await Store.DeleteAsync(id);
        await Store.DeleteAsync(id);
        await Store.DeleteAsync(_ids.Next());

        Assert.Null(await Store.OpenAsync(id));
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_written_over()
    {
        var id = await WriteAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () => await Store.CreateAsync(id));

        Assert.Equal("bytes"u8.ToArray(), await ReadAsync(id));
    }

    [Fact]
    public async Task Old_files_are_listed_but_none_that_is_young_or_still_in_a_writers_hands()
    {
        var id = await WriteAsync();
        await using var writer = await Store.CreateAsync(_ids.Next());
        writer.End();
        await writer.CompleteAsync();

        Assert.Equal([id], await OlderAsync(DateTimeOffset.MaxValue));
        Assert.Empty(await OlderAsync(DateTimeOffset.UnixEpoch));
    }

    private protected async Task<EntryId> WriteAsync()
    {
        var id = _ids.Next();
        await using var writer = await Store.CreateAsync(id);
        await writer.WriteAsync(new ReadOnlySequence<byte>("bytes"u8.ToArray()));
        writer.End();
        await writer.CompleteAsync();
        return id;
    }

    private async Task<byte[]> ReadAsync(EntryId id)
    {
        await using var stream = await Store.OpenAsync(id);
        using var memory = new MemoryStream();
        await stream!.CopyToAsync(memory);
        return memory.ToArray();
    }

    private async Task<List<EntryId>> OlderAsync(DateTimeOffset time)
    {
        var found = new List<EntryId>();
        await foreach (var id in Store.ListOlderAsync(time, CancellationToken.None))
        {
            found.Add(id);
        }

        return found;
    }

    /// <summary>As a socket brings them: in blocks that lie anywhere.</summary>
    private static ReadOnlySequence<byte> InBlocks(ReadOnlyMemory<byte> bytes)
    {
        var first = new Block(bytes[..Math.Min(4096, bytes.Length)], null);
        var last = first;
        for (var start = 4096; start < bytes.Length; start += 4096)
        {
            last = new Block(bytes.Slice(start, Math.Min(4096, bytes.Length - start)), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Block : ReadOnlySequenceSegment<byte>
    {
        public Block(ReadOnlyMemory<byte> bytes, Block? before)
        {
            Memory = bytes.ToArray();
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
