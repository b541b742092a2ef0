using System.Buffers;
using System.Security.Cryptography;
using Postroom.S3.Tests.Servers;
using Postroom.Storage;

namespace Postroom.S3.Tests;

/// <summary>An object store that fails, at every kind of request, once and for good.</summary>
public sealed class FaultTests(ObjectStore server) : IAsyncLifetime
{
    private const int Large = (2 * S3FileStore.PieceBytes) + 100;

    private readonly EntryIdSource _ids = new(TimeProvider.System, EntropySource.System);
    private FaultyFront _front = null!;
    private S3FileStore _store = null!;

    public static TheoryData<string> Kinds => ["HEAD", "PUT", "PUT part", "PUT copy", "POST uploads", "POST upload", "GET", "GET list", "DELETE"];

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(server.IsSimple, "The front is made for the store from npm.");
        _front = await FaultyFront.StartAsync(server.Options.Endpoint);
        _store = server.NewStore(options => options with { Endpoint = _front.Address, AnswerWait = TimeSpan.FromSeconds(20) });
    }

    public async ValueTask DisposeAsync()
    {
        if (_front is not null)
        {
            await _store.DisposeAsync();
            await _front.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_fails_once_is_tried_again(string kind)
    {
        var faults = new Queue<FrontFault>(
            [FrontFault.Dropped, FrontFault.SlowDown, FrontFault.None, FrontFault.InternalError, FrontFault.AnswerLost]);
        _front.Judge = request => request.Kind == kind && faults.TryDequeue(out var fault) ? fault : FrontFault.None;

        await WorkAsync();

        Assert.Contains(_front.Requests, request => request.Kind == kind);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_fails_for_good_is_said_and_loses_nothing_that_was_acknowledged(string kind)
    {
        var isBroken = false;
        _front.Judge = request => isBroken && request.Kind == kind ? FrontFault.SlowDown : FrontFault.None;
        var first = RandomNumberGenerator.GetBytes(S3FileStore.PieceBytes + 10);
        var file = await AppendAsync(new GrowingFile(_ids.Next()), first);
        isBroken = true;
        await Assert.ThrowsAsync<StoreUnreachableException>(WorkAsync);
        isBroken = false;

        file = await AppendAsync(_store.TakeOver(file), "end"u8.ToArray());
        await _store.CompleteAsync(file);
        byte[] expected = [.. first, .. "end"u8];
        Assert.Equal(expected, await ReadAsync(file.Id));
    }

    [Fact]
    public async Task Keys_that_are_revoked_are_named_in_what_the_log_says()
    {
        _front.Judge = _ => FrontFault.AccessDenied;

        var failure = await Assert.ThrowsAsync<StoreUnreachableException>(async () => await _store.CreateAsync(_ids.Next()));

        Assert.Contains("s3:PutObject", failure.Message, StringComparison.Ordinal);
        Assert.Single(_front.Requests);
    }

    [Fact]
    public async Task A_quota_is_a_store_that_is_full()
    {
        await using var writer = await _store.CreateAsync(_ids.Next());
        await writer.WriteAsync(new ReadOnlySequence<byte>(new byte[10]));
        writer.End();
        _front.Judge = request => request.Kind == "PUT" ? FrontFault.QuotaExceeded : FrontFault.None;

        await Assert.ThrowsAsync<StorageFullException>(async () => await writer.CompleteAsync());
    }

    [Fact]
    public async Task A_store_that_says_nothing_is_given_up()
    {
        await using var store = server.NewStore(options => options with
        {
            Endpoint = _front.Address, AnswerWait = TimeSpan.FromMilliseconds(50), Tries = 2,
        });
        _front.Judge = _ => FrontFault.Stalled;

        await Assert.ThrowsAsync<StoreUnreachableException>(async () => await store.OpenAsync(_ids.Next()));
        Assert.Equal(2, _front.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_gone_on_with_where_it_broke()
    {
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);
        var id = await WriteAsync(bytes);
        await using var stream = (await _store.OpenAsync(id))!;
        var read = new byte[bytes.Length];
        await stream.ReadExactlyAsync(read.AsMemory(0, 1000));
        stream.Position = 2_000_000;
        await stream.ReadExactlyAsync(read.AsMemory(2_000_000));
        stream.Seek(1000, SeekOrigin.Begin);
        await stream.ReadExactlyAsync(read.AsMemory(1000, 1_999_000));

        Assert.Equal(bytes, read);
        Assert.Equal(bytes.Length, stream.Length);
    }

    /// <summary>What a crash leaves in the middle of a large file, whose name nothing else lists.</summary>
    [Fact]
    public async Task Multipart_uploads_that_nobody_completes_are_ended_by_the_sweep()
    {
        await _store.Bucket.CreateMultipartAsync("files/" + _ids.Next());
        await using var writer = await _store.CreateAsync(_ids.Next());
        await writer.WriteAsync(new ReadOnlySequence<byte>(new byte[Large]));
        Assert.Equal(2, _front.Uploads.Count);

        await foreach (var _ in _store.ListOlderAsync(DateTimeOffset.MaxValue, CancellationToken.None))
        {
            Assert.Fail("There is no file.");
        }

        Assert.Single(_front.Uploads);
    }

    /// <summary>An old writer that completes with what it knows must not take the heir's bytes with it.</summary>
    [Fact]
    public async Task An_old_writer_that_completes_late_is_refused_and_early_does_no_harm()
    {
        var file = await AppendAsync(new GrowingFile(_ids.Next()), RandomNumberGenerator.GetBytes(Large));
        var heir = await AppendAsync(_store.TakeOver(file), "heir"u8.ToArray());
        await _store.CompleteAsync(file);
        heir = await AppendAsync(heir, " and more"u8.ToArray());
        await _store.CompleteAsync(heir);
        await Assert.ThrowsAsync<FileNotFoundException>(async () => await _store.CompleteAsync(file));

        Assert.Equal("heir and more"u8.ToArray(), (await ReadAsync(file.Id))[Large..]);
    }

    private async Task WorkAsync()
    {
        var bytes = RandomNumberGenerator.GetBytes(Large);
        Assert.Equal(bytes, await ReadAsync(await WriteAsync(bytes)));
        Assert.Equal("small"u8.ToArray(), await ReadAsync(await WriteAsync("small"u8.ToArray())));
        var file = await AppendAsync(new GrowingFile(_ids.Next()), bytes);
        file = await AppendAsync(_store.TakeOver(file), bytes);
        await _store.CompleteAsync(file);
        byte[] twice = [.. bytes, .. bytes];
        Assert.Equal(twice, await ReadAsync(file.Id));
        await _store.DeleteAsync(file.Id);
        Assert.Null(await _store.OpenAsync(file.Id));
    }

    private async Task<EntryId> WriteAsync(byte[] bytes)
    {
        var id = _ids.Next();
        await using var writer = await _store.CreateAsync(id);
        await writer.WriteAsync(new ReadOnlySequence<byte>(bytes));
        writer.End();
        await writer.CompleteAsync();
        return id;
    }

    private async Task<GrowingFile> AppendAsync(GrowingFile file, byte[] bytes)
    {
        await using var appender = await _store.ResumeAsync(file);
        await appender.WriteAsync(new ReadOnlySequence<byte>(bytes));
        return await appender.FlushAsync();
    }

    private async Task<byte[]> ReadAsync(EntryId id)
    {
        await using var stream = await _store.OpenAsync(id);
        using var memory = new MemoryStream();
        await stream!.CopyToAsync(memory);
        return memory.ToArray();
    }
}
