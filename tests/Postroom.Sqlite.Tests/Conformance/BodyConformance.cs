using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>What a store keeps of the bodies of POSTs that were refused.</summary>
public abstract class BodyConformance : PostStoreConformance
{
    private const string Refused = "refused:validation-failed";

    [Fact]
    public async Task A_body_comes_back_byte_for_byte_with_its_entry_and_not_in_lists()
    {
        var bytes = Enumerable.Range(0, 256).Select(number => (byte)number).ToArray();
        var entry = await InsertAsync(Kept("") with { Body = bytes, BodyType = "text/plain; charset=\"x\"" });
        await InsertAsync(NewEntry());

        var found = Find(entry.Id)!;
        Assert.Equal(bytes, found.Body.ToArray());
        Assert.Equal("text/plain; charset=\"x\"", found.BodyType);
        Assert.All(List(new EntryQuery()).Entries, listed => Assert.True(listed.Body.IsEmpty && listed.BodyType is null));
    }

    [Fact]
    public async Task Where_files_stood_in_a_body_comes_back_with_it_and_not_in_lists()
    {
        var entry = await InsertAsync(Kept("ab") with { BodyGaps = [0, 1, 1, 2] });
        await InsertAsync(Kept("c"));

        Assert.Equal([0, 1, 1, 2], Find(entry.Id)!.BodyGaps);
        Assert.All(List(new EntryQuery()).Entries, listed => Assert.Empty(listed.BodyGaps));
    }

    [Fact]
    public async Task An_empty_body_is_kept_as_well_and_none_stays_none()
    {
        var empty = await InsertAsync(Kept(""));
        var none = await InsertAsync(NewEntry());

        Assert.Equal("application/json", Find(empty.Id)!.BodyType);
        Assert.Null(Find(none.Id)!.BodyType);
        Assert.Equal([new KeptBody(empty.Id, empty.ReceivedAt, 0)], Bodies());
    }

    [Fact]
    public async Task Bodies_are_listed_by_endpoint_the_oldest_first_within_the_bound()
    {
        var entries = new List<EntryId>();
        for (var number = 0; number < 4; number++)
        {
            entries.Add((await InsertAsync(Kept($"{number}"))).Id);
            await InsertAsync(Kept($"{number}") with { Endpoint = Sample.Order });
        }

        Assert.Equal(entries, Bodies().Select(body => body.Entry));
        Assert.All(Bodies(), body => Assert.Equal(1, body.Size));
        Assert.Equal(entries[..2], Bodies(2).Select(body => body.Entry));
        Assert.Equal(4, Bodies(100, Sample.Order).Count);
    }

    [Fact]
    public async Task The_size_of_a_body_is_that_of_its_files_as_well()
    {
        var digest = new string('0', 64);
        var entry = await InsertAsync(Kept("a=1") with
        {
            Files =
            [
                new EntryFile(Store.Ids.Next(), "/cv", "cv.pdf", 10, "application/pdf", digest),
                new EntryFile(Store.Ids.Next(), "/photo", "photo.png", 200, "image/png", digest),
            ],
        });
        Assert.Equal([new KeptBody(entry.Id, entry.ReceivedAt, 213)], Bodies());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deleting_an_entry_removes_its_body(bool keepKey)
    {
        var entry = await InsertAsync(Kept("a=1"));

        await CommitAsync(new DeleteEntry(entry.Id, keepKey));

        Assert.Null(Find(entry.Id));
        Assert.Empty(Bodies());
    }

    [Fact]
    public async Task A_kept_entry_is_replaced_by_a_stored_one_with_the_same_id_once()
    {
        var entry = await InsertAsync(Kept("a=1"));
        var stored = NewEntry() with { Id = entry.Id };
        PostUnit unit = new()
        {
            Guards = [new EntryInState(entry.Id, EntryState.Held, Refused)],
            Writes = [new DeleteEntry(entry.Id, KeepKey: false), new InsertEntry(stored), new InsertJob(entry.Id, "j", 0)],
        };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.CommitAsync(unit).AsTask()));

        Assert.Single(outcomes, outcome => outcome.Verdict == UnitVerdict.Committed);
        Assert.Equal(7, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Refused));
        Assert.Equal(EntryState.Stored, Find(entry.Id)!.State);
        Assert.Single(Jobs(entry.Id));
        Assert.Empty(Bodies());
        using var reader = Store.Read();
        Assert.Equal([new EntryCount(Sample.Contact, EntryState.Stored, 1)], reader.CountEntries());
    }

    [Fact]
    public async Task A_purge_by_age_removes_bodies()
    {
        await InsertAsync(Kept("a=1"));
        Time.Advance(TimeSpan.FromDays(2));
        var young = await InsertAsync(Kept("a=2"));

        await Store.PurgeAsync(
            new PurgeOrder
            {
                Now = Now,
                DeleteBefore = new Dictionary<string, long> { [Sample.Contact] = Now - Sample.Day },
            },
            CancellationToken.None);

        Assert.Equal([young.Id], Bodies().Select(body => body.Entry));
    }

    [Fact]
    public async Task Bodies_count_when_space_is_bounded()
    {
        for (var number = 0; number < 10; number++)
        {
            await InsertAsync(Kept(new string('x', 1000)));
        }

        Assert.Equal(0, (await PurgeAsync(10_020)).Entries);
        Assert.Equal(4, (await PurgeAsync(6_500)).Entries);
        Assert.Equal(6, Bodies().Count);
    }

    [Fact]
    public async Task A_body_without_its_media_type_is_a_bug_of_the_caller() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await InsertAsync(Kept("a") with { BodyType = null }));

    private protected Entry Kept(string body) => NewEntry(document: "{}") with
    {
        State = EntryState.Held,
        Reason = Refused,
        Body = Sample.Utf8(body),
        BodyType = "application/json",
    };

    private protected IReadOnlyList<KeptBody> Bodies(int max = 100, string endpoint = Sample.Contact)
    {
        using var reader = Store.Read();
        return reader.ListBodies(endpoint, max);
    }

    private Task<PurgeReport> PurgeAsync(long bytes) =>
        Store.PurgeAsync(new PurgeOrder { Now = Now, BytesMax = bytes }, CancellationToken.None).AsTask();
}
