using System.Globalization;
using System.Text;
using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>
/// Random histories against both stores: the same ends, the same state. The memory store is the oracle.
/// </summary>
public abstract class ModelConformance
{
    /// <summary>How long a history is.</summary>
    protected virtual int Steps => 400;

    /// <summary>The number of a job before any was claimed. It may be that of one to come.</summary>
    protected virtual long EarlyJob => 1;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Both_stores_end_every_unit_alike_and_hold_the_same(int seed)
    {
        var time = new FakeTime();
        await using var oracle = new MemoryPostStore(time, new SeededEntropy(seed));
        var store = await OpenAsync(time);
        var history = new History(seed, time, oracle.Ids, EarlyJob);
        for (var step = 0; step < Steps; step++)
        {
            if (history.Next(60) == 0)
            {
                await store.DisposeAsync();
                store = await OpenAsync(time);
            }

            var (expected, actual) = await history.StepAsync(oracle, store);
            Assert.Equal($"{step}: {expected}", $"{step}: {actual}");
            if (step % 40 == 0 || step == Steps - 1)
            {
                Assert.Equal(history.Describe(oracle), history.Describe(store));
            }
        }

        await store.DisposeAsync();
    }

    /// <summary>Opens the store of this test: an empty one at first, the same again later.</summary>
    private protected abstract ValueTask<IPostStore> OpenAsync(FakeTime time);

    /// <summary>Makes the steps. Few ids, keys and tokens, so that they meet each other often.</summary>
    private sealed class History(int seed, FakeTime time, EntryIdSource ids, long earlyJob)
    {
        private const int Names = 40;
        private static readonly string[] s_endpoints = ["/a", "/b", "/c"];

        private readonly Random _random = new(seed);
        private readonly List<EntryId> _ids = [ids.Next()];
        private readonly List<Job> _claimed = [new Job(earlyJob, default, "", default, 0, 0, 1, 0, null)];

        private long Now => time.Milliseconds;

        public int Next(int below) => _random.Next(below);

        public async Task<(string Expected, string Actual)> StepAsync(IPostStore oracle, IPostStore store)
        {
            switch (Next(20))
            {
                case 0:
                    time.Advance(TimeSpan.FromMinutes(Next(600)));
                    return ("", "");
                case 1:
                    var order = NewOrder();
                    return (
                        $"{await oracle.PurgeAsync(order, CancellationToken.None)}",
                        $"{await store.PurgeAsync(order, CancellationToken.None)}");
                case 2:
                    var (until, max) = (Now + Next(5_000_000), Next(5) + 1);
                    var claimed = await oracle.ClaimJobsAsync(Now, until, max);
                    _claimed.AddRange(claimed);
                    return (string.Join(';', claimed), string.Join(';', await store.ClaimJobsAsync(Now, until, max)));
                default:
                    var unit = NewUnit();
                    return (
                        Describe(await oracle.CommitAsync(unit), unit), Describe(await store.CommitAsync(unit), unit));
            }
        }

        public string Describe(IPostStore store)
        {
            using var reader = store.Read();
            var text = new StringBuilder();
            foreach (var id in _ids)
            {
                text.AppendLine(Describe(reader.FindEntry(id))).AppendLine(string.Join(';', reader.ListJobs(id)));
            }

            foreach (var count in reader.CountEntries())
            {
                text.AppendLine(count.ToString());
            }

            for (var name = 0; name < Names; name++)
            {
                text.AppendLine(Describe(store.FindKey(Key(name), Now)));
                text.Append(reader.IsTokenUsed(Key(name)));
            }

            var query = new EntryQuery { Endpoint = s_endpoints[0], Text = "1", Limit = 7, ScanMax = 50 };
            var page = reader.ListEntries(query);
            text.AppendJoin(',', page.Entries.Select(entry => entry.Id)).Append(page.Next);
            return text.ToString();
        }

        private static KeyHash Key(int name) => Sample.Key(name.ToString(CultureInfo.InvariantCulture));

        private static string Describe(Entry? entry) => entry is null
            ? "none"
            : $"{entry.Id} {entry.Endpoint} {entry.State} {entry.Reason} {entry.ReceivedAt} {entry.ExpiresAt} "
                + $"{Encoding.UTF8.GetString(entry.Document.Span)} {Describe(entry.Answer)}";

        private static string Describe(StoredAnswer? answer) =>
            answer is null ? "-" : $"{answer.Status} {Encoding.UTF8.GetString(answer.Body.Span)} {answer.Redirect}";

        private static string Describe(KeyMatch? match) => match is null
            ? "free"
            : $"{match.Id} {match.Fingerprint} {match.ReceivedAt} {match.ExpiresAt} {match.State} "
                + Describe(match.Answer);

        private static string Describe(UnitOutcome outcome, PostUnit unit) =>
            $"{outcome.Verdict} {unit.Guards.ToList().IndexOf(outcome.Guard!)} {Describe(outcome.Match)} "
            + (outcome.Error is null ? "" : "error");

        private EntryId AnId() => _ids[Next(_ids.Count)];

        private EntryState AState() => (EntryState)Next(3);

        private PurgeOrder NewOrder() => new()
        {
            Now = Now,
            DeleteBefore = new Dictionary<string, long> { [s_endpoints[Next(3)]] = Now - (Next(3000) * 60_000L) },
            BytesMax = Next(3) == 0 ? Next(4000) : null,
            JobsDoneBefore = Now - (Next(1000) * 60_000L),
            Slice = Next(5) + 1,
        };

        private PostUnit NewUnit()
        {
            var guards = Enumerable.Range(0, Next(3)).Select(_ => NewGuard()).ToList();
            var writes = Enumerable.Range(0, Next(3) + 1).Select(_ => NewWrite()).ToList();
            if (Next(2) == 0)
            {
                var entry = NewEntry(keyed: true);
                guards.Add(new KeyFree(entry.Key, entry.Fingerprint, Now));
                writes.Insert(0, new InsertEntry(entry));
            }

            return new PostUnit { Guards = guards, Writes = writes };
        }

        private Guard NewGuard()
        {
            var job = _claimed[Next(_claimed.Count)];
            return Next(6) switch
            {
                4 => AValue(),
                5 => new CountBelow(s_endpoints[Next(3)], 3_600_000, AnHour(), Next(6) + 1),
                0 => new EntryInState(AnId(), AState()),
                1 => new JobLeased(job.Number, job.Claim),
                2 => new TokenUnused(Key(Next(Names))),
                _ => new KeyFree(Key(Next(Names)), Sample.Print("other"), Now),
            };
        }

        private Write NewWrite()
        {
            var job = _claimed[Next(_claimed.Count)];
            return Next(11) switch
            {
                8 or 9 when AValue() is var value => new ClaimValue(value.Endpoint, value.Rule, value.Digest, AnId()),
                10 => new CountEntry(s_endpoints[Next(3)], 3_600_000, AnHour()),
                0 => new SetEntryState(AnId(), AState(), Next(2) == 0 ? null : "reason"),
                1 => new DeleteEntry(AnId(), Next(2) == 0),
                2 or 3 => new InsertJob(AnId(), "work", Now + Next(1_000_000)),
                4 or 5 => new SettleJob(
                    job.Number, Next(3) switch { 0 => JobState.Ready, 1 => JobState.Done, _ => JobState.Dead }, Now, "x"),
                6 => new UseToken(Key(Next(Names)), Now + Next(10_000_000)),
                _ => new InsertEntry(NewEntry(keyed: false)),
            };
        }

        private ValueFree AValue() => new(s_endpoints[Next(3)], "rule", Sample.Print($"{Next(10)}"));

        private long AnHour() => (Now / 3_600_000 - Next(3)) * 3_600_000;

        private Entry NewEntry(bool keyed)
        {
            // Now and then an id that was used before: such a unit fails whole.
            var id = Next(15) == 0 ? AnId() : ids.Next();
            _ids.Add(id);
            var name = Next(Names);
            var answer = new byte[Next(40) == 0 ? 70_000 : 20];
            Array.Fill(answer, (byte)('a' + Next(26)));
            return new Entry
            {
                Id = id,
                Endpoint = s_endpoints[Next(3)],
                State = AState(),
                ReceivedAt = Now - (Next(4) == 0 ? Next(100_000_000) : 0),
                Document = Sample.Utf8($$"""{"n":{{Next(200)}}}"""),
                Key = keyed ? Key(name) : default,
                Fingerprint = keyed ? Sample.Print($"{name}/{Next(2)}") : default,
                ExpiresAt = keyed ? Now + Next(100_000_000) + 1 : 0,
                Answer = keyed ? new StoredAnswer(201, answer, Next(2) == 0 ? "/thanks" : null) : null,
            };
        }
    }
}
