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
            if (history.Next(60) == 0 && history.HasNewestJob(oracle))
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
        private readonly List<Upload> _uploads = [];
        private int _unnamed;
        private long _jobs;
        private readonly List<Job> _claimed = [new Job(earlyJob, default, "", default, 0, 0, 1, 0, null)];

        private long Now => time.Milliseconds;

        /// <summary>
        /// A store that is opened numbers jobs after the newest that is there; the oracle, which is never closed, after
        /// the newest that ever was.
        /// </summary>
        public bool HasNewestJob(IPostStore oracle)
        {
            using var reader = oracle.Read();
            return _jobs == _ids.SelectMany(reader.ListJobs).Select(job => job.Number).DefaultIfEmpty().Max();
        }

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
                    var outcome = await oracle.CommitAsync(unit);
                    _jobs += outcome.Verdict == UnitVerdict.Committed ? unit.Writes.OfType<InsertJob>().Count() : 0;
                    return (Describe(outcome, unit), Describe(await store.CommitAsync(unit), unit));
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

            foreach (var upload in _uploads)
            {
                text.AppendLine(Describe(reader.FindUpload(upload.Id)));
            }

            foreach (var endpoint in s_endpoints)
            {
                text.AppendJoin(',', reader.ListUploads(endpoint, null, null, 100).Select(upload => upload.Id));
                text.AppendLine($"{reader.UsageOf(endpoint, null)} {reader.UsageOf(endpoint, "user:1")}");
            }

            text.AppendJoin(',', reader.ListExpiredUploads(Now, 100).Select(upload => upload.Id));
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

        private static string Describe(Upload? upload) => upload is null
            ? "none"
            : $"{upload.Id} {upload.Endpoint} {upload.Caller} {upload.State} {upload.Length} {upload.Offset} "
                + $"{upload.ExpiresAt} {upload.Fence} {upload.IsHeld} {upload.Entry} {Describe(upload.Answer)}";

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
            return Next(8) switch
            {
                6 when _uploads.Count > 0 => new UploadHeld(_uploads[Next(_uploads.Count)].Id, Next(3)),
                7 => new UploadRoom(
                    s_endpoints[Next(3)], Next(2) == 0 ? null : $"user:{Next(3)}", Next(1000),
                    Next(3) == 0 ? null : Next(20_000), Next(3) == 0 ? null : Next(10) + 1),
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
            return Next(15) switch
            {
                11 or 12 => NewUpload(),
                13 when _uploads.Count > 0 => SetUpload(),
                14 when _uploads.Count > 0 => new DeleteUpload(_uploads[Next(_uploads.Count)].Id),
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

        private InsertUpload NewUpload()
        {
            var upload = Sample.Upload(ids.Next(), Now) with
            {
                Endpoint = s_endpoints[Next(3)],
                Caller = $"user:{Next(3)}",
                Length = Next(3) == 0 ? null : Next(3000) + 100,
            };
            _uploads.Add(upload);
            return new InsertUpload(upload);
        }

        private SetUpload SetUpload()
        {
            var was = _uploads[Next(_uploads.Count)];
            var state = (UploadState)Next(3);
            return new SetUpload(was with
            {
                State = state,
                Offset = Next(100),
                Fence = Next(3),
                IsHeld = Next(2) == 0,
                ExpiresAt = Now + Next(10_000_000),
                Entry = state == UploadState.Finished ? AnId() : default,
                Answer = state == UploadState.Finished ? new StoredAnswer(201, Sample.Utf8("{}")) : null,
            });
        }

        private ValueFree AValue() => new(s_endpoints[Next(3)], "rule", Sample.Print($"{Next(10)}"));

        private long AnHour() => (Now / 3_600_000 - Next(3)) * 3_600_000;

        /// <summary>Now and then an entry names the file of an upload that no other names.</summary>
        private IReadOnlyList<EntryFile> FilesOf() => Next(4) != 0 || _unnamed >= _uploads.Count
            ? []
            : [new EntryFile(_uploads[_unnamed++].Id, "/file", "a", 1, "text/plain", new string('0', 64))];

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
                Files = FilesOf(),
            };
        }
    }
}
