using System.Buffers;
using System.Text;
using Postroom.Files;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Copying;

/// <summary>Fills a store with one of everything, hostile things among it.</summary>
internal sealed class FullStore(IPostStore store, IFileStore files, long now)
{
    private static readonly byte[] s_hostile =
        [.. "{\"a\":\"\\u0000"u8, 0, 0xFF, 0xC3, 0x28, .. "\u202E\\\t,NULL\n\\.\n"u8, .. "\"}"u8];

    /// <summary>The keys that must still be answered.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["stored", "refused", "large", "empty", "deleted", "reused"];

    public EntryId First { get; private set; }

    /// <summary>The file of an upload that is under way.</summary>
    public EntryFile Open { get; private set; } = null!;

    public async Task FillAsync()
    {
        First = store.Ids.Next();
        Open = await AddFileAsync("half", "half a"u8.ToArray());
        await AddAsync(Sample.Entry(First, now, "stored") with
        {
            Document = s_hostile, Control = "{\"_subject\":\"\\u0000\"}"u8.ToArray(), Owner = "ada", Agent = "Mozilla/5.0 \u00e9",
            Address = "2001:db8::", Origin = "https://example.com", Evidence = "links: 4 links\ncaps: 90 %",
        });
        await AddAsync(Sample.Entry(store.Ids.Next(), now) with
        {
            State = EntryState.Held, Reason = new string('\u00df', 20_000), RepeatOf = First, MediaType = null,
        });
        await AddAsync(await RefusedAsync());
        await AddAsync(Sample.Entry(store.Ids.Next(), now, "large") with
        {
            Endpoint = Sample.Order, Document = new byte[1 << 20],
            Answer = new StoredAnswer(303, new byte[100_000], "https://example.com/?a=b", "/orders/1"),
        });
        await AddAsync(Sample.Entry(store.Ids.Next(), now, "empty") with { Answer = new StoredAnswer(204, default) });
        await AddAsync(Sample.Entry(store.Ids.Next(), now) with { State = EntryState.Running });
        await DeleteAsync("deleted", keepKey: true);
        await DeleteAsync("gone", keepKey: false);
        await ReuseAsync();
        await WorkAsync();
        await CommitAsync(
            new UseToken(Sample.Key("a token"), now + Sample.Day), new UseToken(Sample.Key("another"), now + 1),
            new ClaimValue(Sample.Contact, "email", Sample.Print("Z"), First),
            new ClaimValue(Sample.Contact, "email", Sample.Print("a"), First),
            new ClaimValue(Sample.Contact, "\u00e9mail", Sample.Print("a"), First),
            new CountEntry(Sample.Contact, 3_600_000, now), new CountEntry(Sample.Contact, 3_600_000, now),
            new CountEntry(Sample.Order, 0, 0));
        await UploadAsync();
    }

    public async Task<EntryFile> AddFileAsync(string name, byte[] bytes)
    {
        var id = store.Ids.Next();
        await using var writer = await files.CreateAsync(id);
        await writer.WriteAsync(new ReadOnlySequence<byte>(bytes));
        writer.End();
        await writer.CompleteAsync();
        return new EntryFile(id, $"/{name}\0", name, bytes.Length, "text/plain", writer.Digest);
    }

    private async Task<Entry> RefusedAsync() => Sample.Entry(store.Ids.Next(), now, "refused") with
    {
        State = EntryState.Refused, Reason = "sold-out", BodyType = "multipart/form-data; boundary=\"x\"",
        Body = s_hostile, BodyGaps = [3, 9],
        Files = [await AddFileAsync("cv.txt", Encoding.UTF8.GetBytes("a file")), await AddFileAsync("nothing", [])],
    };

    private async Task DeleteAsync(string key, bool keepKey)
    {
        var entry = Sample.Entry(store.Ids.Next(), now, key);
        await AddAsync(entry);
        await CommitAsync(new DeleteEntry(entry.Id, keepKey));
    }

    // The first ends before the second comes, and is still there.
    private async Task ReuseAsync()
    {
        await AddAsync(Sample.Entry(store.Ids.Next(), now - Sample.Day, "reused") with { ExpiresAt = now - 1 });
        await AddAsync(Sample.Entry(store.Ids.Next(), now, "reused", """{"again":true}"""));
    }

    private async Task WorkAsync()
    {
        await CommitAsync([.. new[] { "done", "dead", "leased" }.Select(name => new InsertJob(First, name, now))]);
        var jobs = await store.ClaimJobsAsync(now, now + 60_000, 10);
        await CommitAsync(
            new SettleJob(jobs[0].Number, JobState.Done, 0, null),
            new SettleJob(jobs[1].Number, JobState.Dead, 0, "500 from https://example.com"),
            new InsertJob(First, "later", now + 5000));
    }

    private async Task UploadAsync()
    {
        var open = new Upload
        {
            Id = Open.Id, Endpoint = Sample.Order, Caller = "ada", Length = null, Offset = 6, CreatedAt = now,
            ExpiresAt = now + Sample.Day, Fence = 3, IsHeld = true, Metadata = s_hostile, FileState = default,
        };
        await CommitAsync(
            new InsertUpload(open),
            new InsertUpload(open with
            {
                Id = store.Ids.Next(), State = UploadState.Finished, Length = 6, Entry = First, IsHeld = false,
                Answer = new StoredAnswer(201, "{}"u8.ToArray(), null, "/orders/2"), Metadata = default,
            }),
            new InsertUpload(open with
            {
                Id = store.Ids.Next(), State = UploadState.Cancelled, Caller = "bob", FileState = new byte[] { 0, 1, 2 },
                Answer = new StoredAnswer(204, default),
            }));
    }

    private Task AddAsync(Entry entry) => CommitAsync(new InsertEntry(entry));

    private async Task CommitAsync(params Write[] writes)
    {
        var outcome = await store.CommitAsync(Sample.Unit(writes));
        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
    }
}
