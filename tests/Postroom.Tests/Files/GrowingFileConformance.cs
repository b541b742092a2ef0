using System.Buffers;
using System.Security.Cryptography;
using Postroom.Storage;

namespace Postroom.Tests.Files;

/// <summary>What every store of files promises of those that come in several requests.</summary>
public abstract class GrowingFileConformance
{
    private readonly EntryIdSource _ids = new(TimeProvider.System, EntropySource.System);

    private protected abstract IFileStore Store { get; }

    /// <summary>Bytes of a piece: enough that some pieces fill what the store writes at once, and some do not.</summary>
    protected virtual int Piece => 100_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task What_came_in_several_requests_is_one_file(int requests)
    {
        var file = NewFile();
        var all = new List<byte>();
        for (var request = 0; request < requests; request++)
        {
            // Pieces of all sizes, one of them empty.
            var bytes = RandomNumberGenerator.GetBytes(request == 3 ? 0 : Piece * (request + 1) / 2);
            file = await AppendAsync(file, bytes);
            all.AddRange(bytes);
            Assert.Equal(all.Count, file.Size);
        }

        await Store.CompleteAsync(file);

        Assert.Equal(all, await ReadAsync(file.Id));
    }

    [Fact]
    public async Task A_request_flushes_as_often_as_it_likes()
    {
        var file = NewFile();
        var bytes = RandomNumberGenerator.GetBytes(5 * Piece);
        await using (var appender = await Store.ResumeAsync(file))
        {
            for (var piece = 0; piece < 5; piece++)
            {
                await appender.WriteAsync(new(bytes.AsMemory(piece * Piece, Piece)));
                Assert.Equal((piece + 1) * Piece, appender.Size);
                file = await appender.FlushAsync();
                Assert.Equal((piece + 1) * Piece, file.Size);
                Assert.Same(file, appender.Durable);
            }
        }

        await Store.CompleteAsync(file);
        Assert.Equal(bytes, await ReadAsync(file.Id));
    }

    /// <summary>A torn tail: what was written and never acknowledged.</summary>
    [Fact]
    public async Task Bytes_behind_the_acknowledged_ones_are_dropped()
    {
        var file = await AppendAsync(NewFile(), Bytes("kept "));
        await AppendAsync(file, RandomNumberGenerator.GetBytes(2 * Piece));
        await using (var appender = await Store.ResumeAsync(file))
        {
            await appender.WriteAsync(new(RandomNumberGenerator.GetBytes(3 * Piece)));
        }

        file = await AppendAsync(file, Bytes("end"));
        await Store.CompleteAsync(file);

        Assert.Equal(Bytes("kept end"), await ReadAsync(file.Id));
    }

    [Fact]
    public async Task Completing_drops_what_lies_behind_as_well()
    {
        var file = await AppendAsync(NewFile(), Bytes("kept"));
        await AppendAsync(file, RandomNumberGenerator.GetBytes(2 * Piece));
        await Store.CompleteAsync(file);

        Assert.Equal(Bytes("kept"), await ReadAsync(file.Id));
    }

    /// <summary>A node that was thought dead writes on, with other bytes, before and after the other has finished.</summary>
    [Fact]
    public async Task Who_was_taken_over_from_reaches_nothing_of_his_heir()
    {
        var file = await AppendAsync(NewFile(), RandomNumberGenerator.GetBytes(Piece + 1));
        await using var zombie = await Store.ResumeAsync(file);
        await zombie.WriteAsync(new(Bytes("zombie")));

        var taken = Store.TakeOver(file);
        Assert.Equal((file.Id, file.Size), (taken.Id, taken.Size));
        await using (var heir = await Store.ResumeAsync(taken))
        {
            await heir.WriteAsync(new(Bytes("heir")));
            await zombie.WriteAsync(new(RandomNumberGenerator.GetBytes(2 * Piece)));
            taken = await heir.FlushAsync();
            await zombie.FlushAsync();
        }

        await Store.CompleteAsync(taken);
        await zombie.WriteAsync(new(RandomNumberGenerator.GetBytes(2 * Piece)));
        await zombie.FlushAsync();

        var read = await ReadAsync(file.Id);
        Assert.Equal(Piece + 1 + 4, read.Length);
        Assert.Equal(Bytes("heir"), read[^4..]);
    }

    [Fact]
    public async Task Each_of_many_heirs_adds_his_part()
    {
        var file = NewFile();
        var all = new List<byte>();
        var zombies = new List<FileAppender>();
        for (var heir = 0; heir < 6; heir++)
        {
            // Every second one dies before it has written anything that counts.
            file = Store.TakeOver(file);
            var appender = await Store.ResumeAsync(file);
            zombies.Add(appender);
            await appender.WriteAsync(new(RandomNumberGenerator.GetBytes(10)));
            if (heir % 2 == 0)
            {
                continue;
            }

            file = Store.TakeOver(file);
            var bytes = RandomNumberGenerator.GetBytes(Piece);
            file = await AppendAsync(file, bytes);
            all.AddRange(bytes);
        }

        foreach (var zombie in zombies)
        {
            await zombie.DisposeAsync();
        }

        await Store.CompleteAsync(file);
        Assert.Equal(all, await ReadAsync(file.Id));
    }

    /// <summary>The process dies between the last byte and the commit: the sender goes on from what was acknowledged.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_completed_file_goes_on_from_an_earlier_state(bool takenOver)
    {
        var first = RandomNumberGenerator.GetBytes(Piece + 3);
        var acknowledged = await AppendAsync(NewFile(), first);
        if (takenOver)
        {
            acknowledged = await AppendAsync(Store.TakeOver(acknowledged), first);
        }

        var whole = await AppendAsync(
            takenOver ? Store.TakeOver(acknowledged) : acknowledged, RandomNumberGenerator.GetBytes(Piece));
        await Store.CompleteAsync(whole);

        var again = await AppendAsync(takenOver ? Store.TakeOver(acknowledged) : acknowledged, Bytes("again"));
        await Store.CompleteAsync(again);

        byte[] expected = [.. first, .. takenOver ? first : [], .. Bytes("again")];
        Assert.Equal(expected, await ReadAsync(again.Id));
    }

    [Fact]
    public async Task Completing_twice_is_completing_once()
    {
        var file = await AppendAsync(NewFile(), Bytes("one "));
        file = await AppendAsync(Store.TakeOver(file), Bytes("two"));
        await Store.CompleteAsync(file);
        await Store.CompleteAsync(file);

        Assert.Equal(Bytes("one two"), await ReadAsync(file.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deletion_leaves_nothing(bool complete)
    {
        var file = await AppendAsync(NewFile(), RandomNumberGenerator.GetBytes(Piece));
        file = await AppendAsync(Store.TakeOver(file), RandomNumberGenerator.GetBytes(Piece));
        if (complete)
        {
            await Store.CompleteAsync(file);
        }

        await Store.DeleteAsync(file.Id);
        await Store.DeleteAsync(file.Id);

        Assert.Null(await Store.OpenAsync(file.Id));
        Assert.Empty(await OlderAsync(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task Bytes_that_are_gone_are_missed()
    {
        var file = await AppendAsync(NewFile(), Bytes("gone"));
        await Store.DeleteAsync(file.Id);

        await Assert.ThrowsAsync<FileNotFoundException>(async () => await Store.ResumeAsync(file));
    }

    [Fact]
    public async Task Growing_files_are_listed_once_each_and_not_while_somebody_appends()
    {
        var one = await AppendAsync(NewFile(), RandomNumberGenerator.GetBytes(Piece));
        one = await AppendAsync(Store.TakeOver(one), RandomNumberGenerator.GetBytes(Piece));
        var two = await AppendAsync(Store.TakeOver(NewFile()), RandomNumberGenerator.GetBytes(Piece));
        await using (await Store.ResumeAsync(NewFile()))
        {
            EntryId[] expected = [one.Id, two.Id];
            Assert.Equal(expected.Order(), (await OlderAsync(DateTimeOffset.MaxValue)).Order());
            Assert.Empty(await OlderAsync(DateTimeOffset.UnixEpoch));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 5)]
    [InlineData(3, 1)]
    [InlineData(99_990, 10)]
    public async Task A_range_is_read_alone(int offset, int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(100_000);
        var file = await AppendAsync(NewFile(), bytes);
        await Store.CompleteAsync(file);

        await using var range = await Store.OpenRangeAsync(file.Id, offset, length);
        using var read = new MemoryStream();
        await range!.CopyToAsync(read);

        Assert.Equal(bytes[offset..(offset + length)], read.ToArray());
        Assert.Null(await Store.OpenRangeAsync(_ids.Next(), 0, 1));
    }

    [Fact]
    public async Task What_a_store_needs_to_go_on_is_small()
    {
        var file = await AppendAsync(Store.TakeOver(NewFile()), RandomNumberGenerator.GetBytes(Piece));

        Assert.InRange(file.State.Length, 0, 1024 * 1024);
    }

    private protected GrowingFile NewFile() => new(_ids.Next());

    private protected async Task<GrowingFile> AppendAsync(GrowingFile file, byte[] bytes)
    {
        await using var appender = await Store.ResumeAsync(file);
        await appender.WriteAsync(new ReadOnlySequence<byte>(bytes));
        return await appender.FlushAsync();
    }

    private protected async Task<byte[]> ReadAsync(EntryId id)
    {
        await using var stream = await Store.OpenAsync(id);
        using var memory = new MemoryStream();
        await stream!.CopyToAsync(memory);
        return memory.ToArray();
    }

    private protected async Task<List<EntryId>> OlderAsync(DateTimeOffset time)
    {
        var found = new List<EntryId>();
        await foreach (var id in Store.ListOlderAsync(time, CancellationToken.None))
        {
            found.Add(id);
        }

        return found;
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
