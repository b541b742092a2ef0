using System.Globalization;
using System.Text;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;
using Postroom.Storage.Copying;
using Postroom.Storage.Records;
using Record = Postroom.Storage.Records.Record;

namespace Postroom.Postgres.Tests.Copying;

/// <summary>Records of resources, there and back, and what is made from them at the next start.</summary>
public sealed class RecordTests(PostgresServer server) : CopyTest(server)
{
    private const int HoldMs = 1000;

    private static readonly RecordTable s_users = RecordSample.Users with { Search = ["city"] };
    private static readonly RecordTable s_rooms = RecordSample.Rooms;
    private static readonly RecordValue[] s_paris = [RecordValue.Of("Paris")];

    [Fact]
    public async Task They_mean_the_same_on_both_sides()
    {
        var first = await FillRecordsAsync(1000);
        var before = await StateAsync(await OpenSqliteAsync(), first);

        var there = await ToPostgresAsync();
        var node = await StateAsync(await OpenPostgresAsync(), first);
        var back = await ToSqliteAsync(Folder.File("back"), files: Data);
        var again = await StateAsync(await OpenSqliteAsync(Folder.File("back")), first);

        Assert.Equal(before, node);
        Assert.Equal(before, again);
        Assert.Contains("records              1999 rows", there, StringComparison.Ordinal);
        Assert.Contains("record_changes       1002 rows", there, StringComparison.Ordinal);
        Assert.DoesNotContain("Not copied", there + back, StringComparison.Ordinal);
        Assert.Equal(Found(Data), Found(Folder.File("back")));
        Assert.Equal(11, Found(Data));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_goes_on_wherever_it_was_ended(bool isBehind)
    {
        var first = await FillRecordsAsync(11);
        var before = await StateAsync(await OpenSqliteAsync(), first);

        var there = await InterruptAtEachAsync($"sqlite:{Data}", Address, isBehind);
        var back = await InterruptAtEachAsync(Address, $"sqlite:{FolderWithFiles("back")}", isBehind);

        Assert.Equal(before, await StateAsync(await OpenSqliteAsync(Folder.File("back")), first));
        Assert.True(there > 5 && back > 5, $"{there} and {back} interruptions");
    }

    [Fact]
    public async Task Changes_go_on_behind_the_last()
    {
        await FillRecordsAsync(5);
        var last = await AddAsync(await OpenSqliteAsync(), "sixth");
        await ToPostgresAsync();
        var there = await AddAsync(await OpenPostgresAsync(), "seventh");
        await ToSqliteAsync(Folder.File("back"), files: Data);

        Assert.True(there > last, $"{last}, {there}");
        Assert.True(await AddAsync(await OpenSqliteAsync(Folder.File("back")), "eighth") > there);
    }

    [Fact]
    public async Task Changes_that_were_forgotten_are_missed_by_whoever_follows_the_copy()
    {
        await FillRecordsAsync(5);
        await ToPostgresAsync();
        long last;
        await using (var node = await OpenPostgresAsync())
        {
            await PrepareAsync(node, s_users with { HasChanges = false }, s_rooms);
            using var reader = node.Read();
            last = reader.LastChange(s_users);
        }

        await ToSqliteAsync(Folder.File("back"), files: Data);
        Assert.True(await AddAsync(await OpenSqliteAsync(Folder.File("back")), "later") > last);
        await using var store = await OpenSqliteAsync(Folder.File("back"));
        using var follower = store.Read();
        Assert.False(follower.ListChanges(s_users, last - 1, 10).IsWhole);
    }

    [Fact]
    public async Task A_target_that_a_server_with_resources_was_tried_on_counts_as_empty()
    {
        var first = await FillRecordsAsync(5);
        var before = await StateAsync(await OpenSqliteAsync(), first);
        await using (var node = await OpenPostgresAsync())
        {
            await PrepareAsync(node, s_rooms, s_users);
        }

        await using (var tried = await OpenSqliteAsync(Folder.File("back")))
        {
            await PrepareAsync(tried, s_users);
        }

        await ToPostgresAsync();
        await ToSqliteAsync(Folder.File("back"), files: Data);
        Assert.Equal(before, await StateAsync(await OpenSqliteAsync(Folder.File("back")), first));
    }

    [Fact]
    public async Task A_target_with_records_is_not_empty()
    {
        await FillRecordsAsync(5);
        await AddAsync(await OpenPostgresAsync(), "there");
        await AddAsync(await OpenSqliteAsync(Folder.File("other")), "there");

        var there = await Assert.ThrowsAsync<CopyRefusedException>(() => ToPostgresAsync());
        var back = await Assert.ThrowsAsync<CopyRefusedException>(() => ToSqliteAsync(Folder.File("other"), Data));

        Assert.Contains("is not empty: there are records.", there.Message, StringComparison.Ordinal);
        Assert.Contains("is not empty: there are records.", back.Message, StringComparison.Ordinal);
    }

    private async Task<EntryId> FillRecordsAsync(int count)
    {
        await FillAsync();
        await using var store = await OpenSqliteAsync();
        await PrepareAsync(store, s_users, s_rooms);
        var first = store.Ids.Next();
        var users = Enumerable.Range(0, count).Select(i => User(i == 0 ? first : store.Ids.Next(), i, first)).ToList();
        foreach (var some in users.Chunk(100))
        {
            await CommitAsync(store, [.. some.Select(user => new InsertRecord(s_users, user))]);
            await CommitAsync(store, [.. some.Select((_, i) => new InsertRecord(s_rooms, RecordSample.Record(
                s_rooms, store.Ids.Next(), Now, $$"""{ "name":"{{some[0].Id}} {{i}}",  "seats":1.0 }""")))]);
        }

        await CommitAsync(
            store, new ReplaceRecord(s_users, users[1] with { Version = 2, UpdatedAt = Now + 5 }),
            new DeleteRecord(s_users, users[2].Id));
        return first;
    }

    // Eleven of Paris, two of them held.
    private Record User(EntryId id, int number, EntryId friend)
    {
        var city = number is > 2 and < 14 ? "Paris" : "R\u00f6m";
        var document = $$"""{"email":"u{{number}}@x","address":{"city":"{{city}}"},"friend":"{{friend}}"}""";
        return RecordSample.Record(s_users, id, Now, document) with
        {
            Owner = number % 3 == 0 ? "ada" : null, HeldUntil = number % 10 == 3 ? Now + HoldMs : null,
        };
    }

    private static async Task CommitAsync(IPostStore store, params Write[] writes) =>
        Assert.Equal(UnitVerdict.Committed, (await store.CommitAsync(Sample.Unit(writes))).Verdict);

    private static async Task PrepareAsync(IPostStore store, params RecordTable[] tables) =>
        Assert.Empty(await store.PrepareAsync(tables, TestContext.Current.CancellationToken));

    /// <summary>Adds a user, and says which change that was.</summary>
    private async Task<long> AddAsync(IPostStore store, string email)
    {
        await using (store)
        {
            await PrepareAsync(store, s_users, s_rooms);
            await CommitAsync(store, new InsertRecord(s_users, RecordSample.Record(
                s_users, store.Ids.Next(), Now, $$"""{"email":"{{email}}"}""")));
            using var reader = store.Read();
            return reader.LastChange(s_users);
        }
    }

    /// <summary>All that is read of the records, and how guards judge.</summary>
    private async Task<List<string>> StateAsync(IPostStore store, EntryId first)
    {
        await using (store)
        {
            await PrepareAsync(store, s_users, s_rooms);
            var state = new List<string>();
            using (var reader = store.Read())
            {
                state.AddRange(All(reader, s_users).Concat(All(reader, s_rooms)));
                state.AddRange(reader.ListChanges(s_users, 0, 10_000).Changes.Select(change => $"{change}"));
                state.Add($"{reader.LastChange(s_users)} {reader.ListReferences(s_users, "friend", first, 10_000).Count}");
            }

            state.Add(await JudgeAsync(store, new ValuesFree(s_users, RecordSample.ByEmail, [RecordValue.Of("u1@x")])));
            state.Add(await JudgeAsync(store, new ValuesFree(s_users, RecordSample.ByEmail, [RecordValue.Of("u2@x")])));
            state.Add(await JudgeAsync(store, new ReferencesAre(s_users, "friend", first, 0)));
            foreach (var (max, now) in new[] { (1, Now), (100, Now), (1, Now + HoldMs), (100, Now + HoldMs) })
            {
                state.Add(await JudgeAsync(store, new SumBelow(s_users, RecordSample.Seats, s_paris, 101, max + 100, now)));
                state.Add(await JudgeAsync(store, new SumBelow(s_users, RecordSample.All, [], 10_000, max + 10_000, now)));
            }

            return state;
        }
    }

    private static IEnumerable<string> All(IStoreReader reader, RecordTable table)
    {
        EntryId? after = null;
        do
        {
            var page = reader.ListRecords(new RecordList { Table = table, After = after, Limit = 1000 });
            foreach (var record in page.Records)
            {
                yield return $"{record with { Document = default, Values = [] }} "
                    + Encoding.UTF8.GetString(record.Document.Span);
            }

            after = page.Next;
        }
        while (after is not null);
    }

    private static async Task<string> JudgeAsync(IPostStore store, Guard guard)
    {
        var outcome = await store.CommitAsync(Sample.Unit(guard, new DeleteRecord(s_users, default)));
        return string.Create(CultureInfo.InvariantCulture, $"{guard.GetType().Name} {outcome.Verdict} {outcome.Facts?.Left}");
    }

    private static long Found(string folder)
    {
        using var connection = SqliteConnection.OpenWriter(Path.Combine(folder, "postroom.db"));
        return connection.ScalarNumber("SELECT count(*) FROM r_users_search WHERE r_users_search MATCH 'paris'") ?? 0;
    }

    /// <summary>Ends one run after the other at its first to fifth write, until one comes to its end.</summary>
    private async Task<int> InterruptAtEachAsync(string from, string to, bool isBehind)
    {
        for (var times = 0; ; times++)
        {
            try
            {
                await CopyAsync(from, to, target => new InterruptedTarget(target, 1 + (times % 5), isBehind));
                return times;
            }
            catch (InterruptedException)
            {
                Assert.True(times < 500);
            }
        }
    }
}
