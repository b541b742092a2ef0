using System.Text;
using Postroom.Storage;
using Postroom.Storage.Memory;
using Postroom.Storage.Records;
using Record = Postroom.Storage.Records.Record;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>
/// Random histories of units over two tables of records, against the memory store: the same ends, the same records, the
/// same changes. Few ids, values, keys and times, so that they meet each other often.
/// </summary>
public abstract class RecordModelConformance
{
    private static readonly RecordTable[] s_tables = [RecordSample.Users, RecordSample.Rooms];

    /// <summary>How long a history is.</summary>
    protected virtual int Steps => 300;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    /// <summary>Opens the store of this test: an empty one at first, the same again later.</summary>
    private protected abstract ValueTask<IPostStore> OpenAsync(FakeTime time);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Both_stores_end_every_unit_alike_and_hold_the_same_records(int seed)
    {
        var time = new FakeTime();
        await using var oracle = new MemoryPostStore(time, new SeededEntropy(seed));
        var store = await OpenAsync(time);
        await PrepareAsync(oracle);
        await PrepareAsync(store);
        var history = new RecordHistory(seed, time);
        for (var step = 0; step < Steps; step++)
        {
            if (history.Next(80) == 0)
            {
                await store.DisposeAsync();
                store = await OpenAsync(time);
                await PrepareAsync(store);
            }

            if (history.Next(30) == 0)
            {
                time.Advance(TimeSpan.FromMilliseconds(history.Next(40)));
                var order = history.NewOrder();
                Assert.Equal(
                    await oracle.PurgeAsync(order, CancellationToken.None),
                    await store.PurgeAsync(order, CancellationToken.None));
            }

            var unit = history.NewUnit();
            var (expected, actual) = (await oracle.CommitAsync(unit), await store.CommitAsync(unit));
            Assert.Equal($"{step}: {Describe(expected, unit)}", $"{step}: {Describe(actual, unit)}");
            if (step % 30 == 0 || step == Steps - 1)
            {
                Assert.Equal(Describe(oracle), Describe(store));
            }
        }

        await store.DisposeAsync();
    }

    private static async Task PrepareAsync(IPostStore store) =>
        Assert.Empty(await store.PrepareAsync(s_tables, CancellationToken.None));

    // Which of several records in the way is named is the engine's choice.
    private static string Describe(UnitOutcome outcome, PostUnit unit) =>
        $"{outcome.Verdict} {unit.Guards.ToList().IndexOf(outcome.Guard!)} {outcome.Facts?.Left} "
        + $"{outcome.Facts?.Record.IsEmpty} {(outcome.Error is null ? "" : "error")}";

    private static string Describe(IPostStore store)
    {
        using var reader = store.Read();
        var text = new StringBuilder();
        foreach (var table in s_tables)
        {
            foreach (var record in reader.ListRecords(new RecordList { Table = table, Limit = 1000 }).Records)
            {
                text.AppendLine($"{record.Id} {record.Version} {record.HeldUntil} {record.Owner} "
                    + Encoding.UTF8.GetString(record.Document.Span));
            }

            text.AppendLine($"{reader.CountRecords(table)}");
        }

        var changes = reader.ListChanges(RecordSample.Users, 0, 1000);
        foreach (var change in changes.Changes)
        {
            text.AppendLine($"{change.Id} {change.Version} {change.Kind} {change.At}");
        }

        return text.ToString();
    }

    private sealed class RecordHistory(int seed, FakeTime time)
    {
        private readonly Random _random = new(seed);

        public int Next(int below) => _random.Next(below);

        public PurgeOrder NewOrder() => new()
        {
            Now = time.Milliseconds,
            HoldsEndedBefore = time.Milliseconds - Next(30),
            ChangesBefore = time.Milliseconds - Next(100),
            Slice = Next(5) + 1,
        };

        public PostUnit NewUnit() => new()
        {
            Guards = [.. Enumerable.Range(0, Next(4)).Select(_ => NewGuard())],
            Writes = [.. Enumerable.Range(0, Next(3) + 1).Select(_ => NewWrite())],
        };

        private static RecordTable Users => RecordSample.Users;

        private long Now => time.Milliseconds + Next(3);

        private EntryId AnId() => new(7, (ulong)Next(12));

        private RecordTable ATable() => s_tables[Next(s_tables.Length)];

        private RecordValue ACity() => Next(3) switch
        {
            0 => RecordValue.None,
            1 => RecordValue.Of("Paris"),
            _ => RecordValue.Of("Rome"),
        };

        private EntryId AnExcept() => Next(3) == 0 ? AnId() : default;

        private SumBelow ASum() => Next(3) switch
        {
            0 => new SumBelow(Users, RecordSample.Seats, [ACity()], Next(3), Next(6), Now, AnExcept()),
            1 => new SumBelow(
                Users, RecordSample.Kilos, [ACity(), RecordValue.Of(Next(2) == 0)], Next(30), Next(80), Now, AnExcept()),
            _ => new SumBelow(Users, RecordSample.All, [], 1, Next(12), Now, AnExcept()),
        };

        private Guard NewGuard()
        {
            var from = Next(30);
            return Next(9) switch
            {
                0 => new RecordThere(ATable(), AnId(), Next(2) == 0 ? Next(4) : null),
                1 => new RecordAbsent(ATable(), AnId()),
                2 => new RecordHeld(Users, AnId(), Now),
                3 => new ValuesFree(Users, RecordSample.ByEmail, [RecordValue.Of($"{Next(8)}@x")], AnExcept()),
                4 => ASum(),
                5 => new StockBelow(ASum(), RecordSample.Rooms, AnId(), "seats"),
                6 => new RangeFree(
                    Users, RecordSample.Slots, [ACity()], from * 1_000_000L, (from + 1 + Next(9)) * 1_000_000L, Now,
                    AnExcept()),
                7 => new RangeFree(Users, RecordSample.Numbers, [], from, from + 1 + Next(9), Now, AnExcept()),
                _ => new ReferencesAre(Users, "friend", AnId(), Next(3)),
            };
        }

        private Write NewWrite()
        {
            var table = ATable();
            return Next(5) switch
            {
                0 => new DeleteRecord(table, AnId()),
                1 or 2 => new ReplaceRecord(table, NewRecord(table)),
                _ => new InsertRecord(table, NewRecord(table)),
            };
        }

        private Record NewRecord(RecordTable table)
        {
            var document = table == Users ? AUser() : $$"""{"name":"{{Next(20)}}","seats":{{Next(9)}}}""";
            return RecordSample.Record(table, AnId(), time.Milliseconds, document) with
            {
                Version = Next(4),
                Owner = Next(2) == 0 ? "ada" : null,
                HeldUntil = Next(3) == 0 ? time.Milliseconds + Next(40) : null,
            };
        }

        private string AUser()
        {
            var (from, number) = (Next(30), Next(40));
            var city = ACity();
            var parts = new List<string>
            {
                $"\"address\":{{\"number\":{number}{(city.IsNone ? "" : $",\"city\":\"{city.Text}\"")}}}",
                $"\"open\":{(Next(2) == 0 ? "true" : "false")}",
            };
            if (Next(3) > 0)
            {
                parts.Add($"\"email\":\"{Next(8)}@x\"");
            }

            if (Next(2) == 0)
            {
                parts.Add($"\"begins\":\"{Moment(from)}\",\"ends\":\"{Moment(from + Next(9))}\"");
            }

            if (Next(2) == 0)
            {
                parts.Add($"\"until\":{number + Next(9) - 2}");
            }

            if (Next(2) == 0)
            {
                parts.Add($"\"friend\":\"{AnId()}\"");
            }

            return $"{{{string.Join(',', parts)}}}";
        }

        private static string Moment(int seconds) =>
            DateTimeOffset.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ssZ", null);
    }
}
