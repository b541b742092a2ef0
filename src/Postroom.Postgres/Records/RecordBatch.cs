using System.Collections.Immutable;
using Npgsql;
using Postroom.Postgres.Reading;
using Postroom.Storage;
using Postroom.Storage.Memory;
using Postroom.Storage.Records;

namespace Postroom.Postgres.Records;

/// <summary>
/// The records of a batch. Rows that are there are locked, in one order; keys of capacities and ranges have a row to
/// lock of their own. What is new is assumed to be new: the unique indexes decide between nodes, and a batch that meets
/// one runs again with what was read anew.
/// </summary>
internal sealed class RecordBatch
{
    private const string SumRows = """
        INSERT INTO postroom.record_sums AS s (record_table, rule, key, taken)
        SELECT *, 0 FROM unnest($1, $2, $3) AS n (record_table, rule, key) ORDER BY record_table, rule, key
        ON CONFLICT (record_table, rule, key) DO UPDATE SET taken = s.taken WHERE false
        """;

    private const string Totals = """
        SELECT n.guard, s.taken FROM unnest($1, $2, $3) WITH ORDINALITY AS n (record_table, rule, key, guard)
        JOIN postroom.record_sums s USING (record_table, rule, key)
        """;

    private readonly Database _database;
    private readonly List<RecordPart> _parts;
    private readonly Dictionary<SumBelow, Int128> _taken = new(ReferenceEqualityComparer.Instance);

    private RecordBatch(Database database, List<RecordPart> parts) => (_database, _parts) = (database, parts);

    /// <summary>Null when the batch concerns no records.</summary>
    /// <exception cref="RecordsReshapedException">A table is not known here yet.</exception>
    public static RecordBatch? Of(
        Database database, RecordShapes shapes, IReadOnlyDictionary<string, RecordTouch> touched) => touched.Count == 0
        ? null
        : new RecordBatch(database,
        [
            .. touched
                .Select(pair => new RecordPart(
                    shapes, shapes.All.GetValueOrDefault(pair.Key) ?? throw new RecordsReshapedException(), pair.Value))
                .OrderBy(part => part.Shape.Number),
        ]);

    /// <summary>Adds the statements that lock what is there.</summary>
    public void AddLocks(NpgsqlBatch batch)
    {
        batch.BatchCommands.Add(_database.Command(
            $"LOCK TABLE {string.Join(", ", _parts.Select(part => part.Name))} IN ROW EXCLUSIVE MODE"));
        batch.BatchCommands.Add(_database.Command(
            "SELECT number, generation FROM postroom.record_tables WHERE number = ANY ($1)",
            Parameters.Ints([.. _parts.Select(part => (int?)part.Shape.Number)])));
        foreach (var (part, ids, isWritten) in Locks())
        {
            batch.BatchCommands.Add(_database.Command(
                $"""
                SELECT {part.Columns} FROM {part.Name} r WHERE r.id = ANY ($1) ORDER BY r.id
                FOR {(isWritten ? "UPDATE" : "SHARE")}
                """,
                Parameters.Uuids([.. ids.Select(Uuids.Of)])));
        }
    }

    /// <summary>Reads the rows of those statements.</summary>
    /// <exception cref="RecordsReshapedException">Another node has changed a table.</exception>
    public async Task ReadLocksAsync(NpgsqlDataReader reader)
    {
        var isKnown = 0;
        await reader.EachAsync(() => isKnown += _parts.Count(part =>
            part.Shape.Number == reader.GetInt32(0) && part.Shape.Generation == reader.GetInt64(1)));
        if (isKnown < _parts.Count)
        {
            throw new RecordsReshapedException();
        }

        foreach (var (part, _, _) in Locks())
        {
            await reader.EachAsync(() => part.Read(reader));
        }
    }

    /// <summary>Adds the statements that lock keys, and then read what guards rest on.</summary>
    public void AddQuestions(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> reads)
    {
        var keys = _parts.SelectMany(part => Keys(part).Select(key => (part.Shape.Number, key.Rule, key.Key)))
            .DistinctBy(key => (key.Number, key.Rule, Convert.ToHexString(key.Key)))
            .ToList();
        if (keys.Count > 0)
        {
            batch.BatchCommands.Add(_database.Command(SumRows, KeyArrays(keys)));
        }

        var sums = _parts
            .SelectMany(part => part.Touch.Sums.Select(guard => (Part: part, Guard: guard)))
            .Select(pair => (pair.Part, pair.Guard, Sum: pair.Part.View(pair.Guard.Table).Sum(pair.Guard.Rule)))
            .Where(triple => triple.Sum is not null)
            .ToList();
        if (sums.Count > 0)
        {
            batch.BatchCommands.Add(_database.Command(Totals, KeyArrays(sums.ConvertAll(triple => (
                triple.Part.Shape.Number, RecordCatalogue.RuleOf(triple.Sum!), RecordKey.Of(triple.Guard.Key))))));
            reads.Add(row => Take(sums[(int)row.GetInt64(0) - 1].Guard, row.GetDecimal(1)));
        }

        foreach (var part in _parts)
        {
            new RecordQuestions(_database, part, batch, reads).Add(Take);
        }
    }

    /// <summary>The state with what was read.</summary>
    public MemoryState Into(MemoryState state)
    {
        var records = _parts.ToImmutableDictionary(
            part => part.Shape.Endpoint, part => part.Records.ToImmutableSortedDictionary());
        return state with
        {
            Tables = _parts.ToImmutableDictionary(part => part.Shape.Endpoint, part => part.Declared),
            Records = records,
            Totals = new MemoryTotals(_taken, records),
        };
    }

    /// <summary>The statements that make the records what they are afterwards.</summary>
    public IEnumerable<NpgsqlBatchCommand> Changes(MemoryState after)
    {
        var changes = _parts.ConvertAll(part => new RecordChanges(_database, part, after));
        return changes.SelectMany(change => change.Rows)
            .Concat(RecordChanges.Sums(_database, changes))
            .Concat(changes.SelectMany(change => change.Log));
    }

    private static IEnumerable<(string Rule, byte[] Key)> Keys(RecordPart part)
    {
        var touch = part.Touch;
        return touch.Incoming.Select(pair => part.View(pair.Table).Values(pair.Record))
            .Concat(touch.Written.Where(part.Records.ContainsKey).Select(part.Before))
            .SelectMany(part.Keys)
            .Concat(touch.Sums.Where(guard => part.View(guard.Table).Sum(guard.Rule) is not null).Select(guard => (
                RecordCatalogue.RuleOf(part.View(guard.Table).Sum(guard.Rule)!), RecordKey.Of(guard.Key))))
            .Concat(touch.Ranges.Where(guard => part.View(guard.Table).Names(guard.Rule.Per) is not null).Select(
                guard => (
                    RecordPart.RuleOf(part.View(guard.Table).Names(guard.Rule.Per)!), RecordKey.Of(guard.Key))));
    }

    private static NpgsqlParameter[] KeyArrays(List<(long Table, string Rule, byte[] Key)> keys) =>
    [
        Parameters.Ints([.. keys.Select(key => (int?)key.Table)]),
        Parameters.Texts([.. keys.Select(key => key.Rule)]),
        Parameters.Byteas([.. keys.Select(key => key.Key)]),
    ];

    private void Take(SumBelow guard, decimal weight) =>
        _taken[guard] = _taken.GetValueOrDefault(guard) + (Int128)weight;

    // All that may be written first, in the order of tables and ids, then what is only looked at.
    private IEnumerable<(RecordPart Part, IReadOnlyCollection<EntryId> Ids, bool IsWritten)> Locks() =>
        _parts.Where(part => part.Touch.Written.Count > 0)
            .Select(part => (part, (IReadOnlyCollection<EntryId>)part.Touch.Written, true))
            .Concat(_parts
                .Select(part => (
                    part, (IReadOnlyCollection<EntryId>)[.. part.Touch.Seen.Except(part.Touch.Written)], false))
                .Where(lockRows => lockRows.Item2.Count > 0));
}
