using System.Text;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>Uploads: where they stand, who may move them, and what they count for.</summary>
public abstract class UploadConformance : PostStoreConformance
{
    [Fact]
    public async Task An_upload_comes_back_as_it_was_written_also_after_a_restart()
    {
        var upload = Begun() with
        {
            Length = null,
            Offset = 7,
            Metadata = Sample.Utf8("name=ä"),
            FileState = new byte[] { 0, 1, 255 },
            Fence = 3,
            IsHeld = true,
        };
        await CommitAsync(new InsertUpload(upload));
        AssertSame(upload, Find(upload));

        var finished = upload with
        {
            State = UploadState.Finished,
            Length = 9,
            Offset = 9,
            FileState = default,
            IsHeld = false,
            Entry = Store.Ids.Next(),
            Answer = new StoredAnswer(201, Sample.Utf8("""{"id":"x"}"""), "/thanks", "/api/uploads/x"),
        };
        await CommitAsync(new SetUpload(finished));
        AssertSame(finished, Find(upload));
        if (Store.Name != "memory")
        {
            await ReopenAsync();
            AssertSame(finished, Find(upload));
        }
    }

    [Fact]
    public async Task Endpoint_caller_and_creation_never_change()
    {
        var upload = await InsertAsync();
        await CommitAsync(new SetUpload(upload with { Endpoint = "/b", Caller = "user:eve", CreatedAt = 1, Offset = 5 }));

        AssertSame(upload with { Offset = 5 }, Find(upload));
    }

    [Fact]
    public async Task A_newer_request_shuts_the_older_one_out()
    {
        var upload = await InsertAsync();
        Assert.Equal(UnitVerdict.Committed, await SetAsync(0, upload with { Fence = 1, IsHeld = true }));

        // Two requests saw the same fence: one of them has it.
        Assert.Equal(UnitVerdict.Committed, await SetAsync(1, upload with { Fence = 2, IsHeld = true }));
        Assert.Equal(UnitVerdict.Refused, await SetAsync(1, upload with { Fence = 2, IsHeld = true }));

        // The one that was shut out has bytes to acknowledge.
        Assert.Equal(UnitVerdict.Refused, await SetAsync(1, upload with { Fence = 1, Offset = 99 }));
        Assert.Equal(UnitVerdict.Committed, await SetAsync(2, upload with { Fence = 2, Offset = 40 }));
        Assert.Equal((40, 2), (Find(upload)!.Offset, Find(upload)!.Fence));
    }

    [Fact]
    public async Task Of_a_hundred_at_once_one_takes_the_next_fence()
    {
        var upload = await InsertAsync();
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SetAsync(0, upload with { Fence = 1 })));

        Assert.Single(verdicts, verdict => verdict == UnitVerdict.Committed);
    }

    [Theory]
    [InlineData(UploadState.Finished)]
    [InlineData(UploadState.Cancelled)]
    public async Task What_is_not_open_belongs_to_no_request(UploadState state)
    {
        var upload = await InsertAsync();
        await CommitAsync(new SetUpload(upload with { State = state, Entry = Store.Ids.Next() }));

        Assert.Equal(UnitVerdict.Refused, await SetAsync(0, upload));
        await CommitAsync(new DeleteUpload(upload.Id));
        Assert.Equal(UnitVerdict.Refused, await SetAsync(0, upload));
        Assert.Null(Find(upload));
    }

    [Fact]
    public async Task Setting_what_is_not_there_makes_nothing()
    {
        var upload = Begun();
        await CommitAsync(new SetUpload(upload));

        Assert.Null(Find(upload));
        Assert.Equal(default, Usage());
    }

    [Fact]
    public async Task An_open_upload_names_its_file_and_one_that_ended_without_an_entry_does_not()
    {
        var upload = await InsertAsync();
        Assert.True(HasFile(upload.Id));
        await CommitAsync(new SetUpload(upload with { State = UploadState.Cancelled }));
        Assert.False(HasFile(upload.Id));
    }

    [Fact]
    public async Task A_quota_counts_lengths_and_where_there_is_none_what_has_come()
    {
        var known = await InsertAsync();
        var unknown = await InsertAsync(Begun() with { Length = null });
        await InsertAsync(Begun() with { Caller = "user:bob", Length = 1000 });
        await InsertAsync(Begun() with { Endpoint = "/b", Length = 5000 });
        Assert.Equal(new UploadUsage(100, 2), Usage());
        Assert.Equal(new UploadUsage(1100, 3), Usage(caller: null));

        await CommitAsync(new SetUpload(unknown with { Offset = 30 }));
        Assert.Equal(new UploadUsage(130, 2), Usage());
        await CommitAsync(new SetUpload(known with { State = UploadState.Cancelled }));
        Assert.Equal(new UploadUsage(30, 1), Usage());
        await CommitAsync(new DeleteUpload(unknown.Id));
        Assert.Equal(default, Usage());
        Assert.Equal(new UploadUsage(1000, 1), Usage(caller: null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_deletion_of_an_entry_gives_the_room_back(bool purge)
    {
        var upload = await FinishAsync(await InsertAsync());
        Assert.Equal(new UploadUsage(100, 0), Usage());
        if (purge)
        {
            await Store.PurgeAsync(
                new PurgeOrder { Now = Now, DeleteBefore = new Dictionary<string, long> { [Sample.Contact] = Now + 1 } },
                CancellationToken.None);
        }
        else
        {
            await CommitAsync(new DeleteEntry(upload.Entry, KeepKey: false));
        }

        Assert.Null(Find(upload));
        Assert.Equal(default, Usage());
        Assert.Equal(default, Usage(caller: null));
    }

    [Fact]
    public async Task Of_a_hundred_at_once_as_many_begin_as_there_is_room_for()
    {
        var byBytes = new UploadRoom(Sample.Contact, null, 100, BytesMax: 750, OpenMax: null);
        Assert.Equal(7, await BeginManyAsync(byBytes));
        Assert.Equal(new UploadUsage(700, 7), Usage(caller: null));

        var byCount = new UploadRoom(Sample.Contact, "user:ada", 0, BytesMax: null, OpenMax: 9);
        Assert.Equal(2, await BeginManyAsync(byCount));
        Assert.Equal(new UploadUsage(900, 9), Usage());
    }

    [Fact]
    public async Task Open_uploads_are_listed_page_by_page_in_the_order_begun()
    {
        var uploads = new List<Upload>();
        for (var index = 0; index < 5; index++)
        {
            uploads.Add(await InsertAsync(Begun() with { Caller = index == 3 ? "user:bob" : "user:ada" }));
        }

        await FinishAsync(uploads[0]);
        await InsertAsync(Begun() with { Endpoint = "/b" });

        Assert.Equal([uploads[1].Id, uploads[2].Id], List(null, null, 2));
        Assert.Equal([uploads[3].Id, uploads[4].Id], List(null, uploads[2].Id, 10));
        Assert.Equal([uploads[1].Id, uploads[2].Id, uploads[4].Id], List("user:ada", null, 10));
    }

    [Fact]
    public async Task What_has_expired_is_listed_unless_it_is_finished()
    {
        var late = await InsertAsync(Begun() with { ExpiresAt = Now + 20 });
        var early = await InsertAsync(Begun() with { ExpiresAt = Now + 10 });
        await FinishAsync(await InsertAsync(Begun() with { ExpiresAt = Now + 10 }));
        await InsertAsync(Begun() with { ExpiresAt = Now + 21 });
        await CommitAsync(new SetUpload(late with { State = UploadState.Cancelled }));

        using var reader = Store.Read();
        Assert.Equal([early.Id, late.Id], reader.ListExpiredUploads(Now + 20, 10).Select(upload => upload.Id));
        Assert.Equal([early.Id], reader.ListExpiredUploads(Now + 20, 1).Select(upload => upload.Id));
        Assert.Empty(reader.ListExpiredUploads(Now + 9, 10));
    }

    [Fact]
    public async Task What_no_upload_can_be_is_a_bug()
    {
        foreach (var upload in new[]
        {
            Begun() with { Offset = 101 }, Begun() with { Offset = -1 }, Begun() with { Caller = "" },
            Begun() with { State = UploadState.Finished }, Begun() with { FileState = new byte[(1024 * 1024) + 1] },
        })
        {
            await Assert.ThrowsAsync<ArgumentException>(
                async () => await Store.CommitAsync(Sample.Unit(new InsertUpload(upload))));
        }
    }

    private static void AssertSame(Upload expected, Upload? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Metadata.ToArray(), actual.Metadata.ToArray());
        Assert.Equal(expected.FileState.ToArray(), actual.FileState.ToArray());
        Assert.Equal(Text(expected.Answer), Text(actual.Answer));
        Assert.Equal(
            expected with { Metadata = default, FileState = default, Answer = null },
            actual with { Metadata = default, FileState = default, Answer = null });
    }

    private static string Text(StoredAnswer? answer) => answer is null
        ? ""
        : $"{answer.Status} {Encoding.UTF8.GetString(answer.Body.Span)} {answer.Redirect} {answer.Location}";

    private Upload Begun() => Sample.Upload(Store.Ids.Next(), Now);

    private async Task<Upload> InsertAsync(Upload? upload = null)
    {
        upload ??= Begun();
        await CommitAsync(new InsertUpload(upload));
        return upload;
    }

    private async Task<Upload> FinishAsync(Upload upload)
    {
        var file = new EntryFile(upload.Id, "/file", "a.txt", 100, "text/plain", new string('0', 64));
        var entry = NewEntry() with { Files = [file] };
        var finished = upload with { State = UploadState.Finished, Offset = 100, Entry = entry.Id };
        await CommitAsync(new InsertEntry(entry), new SetUpload(finished));
        return finished;
    }

    private async Task<UnitVerdict> SetAsync(long fence, Upload upload) =>
        (await Store.CommitAsync(Sample.Unit(new UploadHeld(upload.Id, fence), new SetUpload(upload)))).Verdict;

    private async Task<int> BeginManyAsync(UploadRoom room)
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            async _ => await Store.CommitAsync(Sample.Unit(room, new InsertUpload(Begun())))));
        Assert.All(outcomes, outcome => Assert.Contains(outcome.Verdict, new[] { UnitVerdict.Committed, UnitVerdict.Refused }));
        return outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Committed);
    }

    private Upload? Find(Upload upload)
    {
        using var reader = Store.Read();
        return reader.FindUpload(upload.Id);
    }

    private bool HasFile(EntryId id)
    {
        using var reader = Store.Read();
        return reader.HasFile(id);
    }

    private UploadUsage Usage(string? caller = "user:ada")
    {
        using var reader = Store.Read();
        return reader.UsageOf(Sample.Contact, caller);
    }

    private IEnumerable<EntryId> List(string? caller, EntryId? after, int max)
    {
        using var reader = Store.Read();
        return [.. reader.ListUploads(Sample.Contact, caller, after, max).Select(upload => upload.Id)];
    }
}
