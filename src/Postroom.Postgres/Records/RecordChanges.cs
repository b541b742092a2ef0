using Npgsql;
using Postroom.Storage;
using Postroom.Storage.Memory;
using Postroom.Storage.Records;

namespace Postroom.Postgres.Records;

/// <summary>The difference between what a batch found in one table and what its units made of it.</summary>
internal sealed class RecordChanges
{
    private const int OwnColumns = 7;

    private const string SumChanges = """
        UPDATE postroom.record_sums s SET taken = s.taken + n.taken
        FROM unnest($1, $2, $3, $4) AS n (record_table, rule, key, taken)
        WHERE s.record_table = n.record_table AND s.rule = n.rule AND s.key = n.key
        """;

    // The row of the counter is locked from here to the commit: whoever numbers after this one commits after it.
    private const string LogRows = """
        WITH counter AS (
          UPDATE postroom.record_counters SET last_change = last_change + array_length($2, 1)
          WHERE record_table = $1 RETURNING last_change - array_length($2, 1) AS before)
        INSERT INTO postroom.record_changes (record_table, sequence, id, version, kind, at)
        SELECT $1, counter.before + n.place, n.id, n.version, n.kind, n.at
        FROM counter, unnest($2, $3, $4, $5) WITH ORDINALITY AS n (id, version, kind, at, place)
        """;

    private readonly Database _database;
    private readonly RecordPart _part;
    private readonly List<EntryId> _removed = [];
    private readonly List<Record> _replaced = [];
    private readonly List<Record> _added = [];
    private readonly IReadOnlyList<RecordChange> _log;

    public RecordChanges(Database database, RecordPart part, MemoryState after)
    {
        (_database, _part) = (database, part);
        var records = after.Records[part.Shape.Endpoint];
        _removed.AddRange(part.Records.Keys.Where(id => !records.ContainsKey(id)).Order());
        foreach (var (id, record) in records)
        {
            if (!part.Records.TryGetValue(id, out var was))
            {
                _added.Add(record);
            }
            else if (!ReferenceEquals(was, record))
            {
                _replaced.Add(record);
            }
        }

        _log = after.Changes.GetValueOrDefault(part.Shape.Endpoint) ?? [];
    }

    /// <summary>
    /// What becomes of the rows. Values that are freed are freed first, so that another row may take them.
    /// </summary>
    public IEnumerable<NpgsqlBatchCommand> Rows
    {
        get
        {
            if (_removed.Count > 0)
            {
                yield return _database.Command($"DELETE FROM {_part.Name} WHERE id = ANY ($1)", Ids(_removed));
            }

            string[] unique = [.. UniqueColumns()];
            if (_replaced.Count > 1 && unique.Length > 0)
            {
                yield return _database.Command(
                    $"""
                    UPDATE {_part.Name} SET {string.Join(", ", unique.Select(name => $"\"{name}\" = NULL"))}
                    WHERE id = ANY ($1)
                    """,
                    Ids(_replaced.Select(record => record.Id)));
            }

            if (_replaced.Count > 0)
            {
                var columns = Names.Skip(1).Select(name => $"{name} = n.{name}").Concat(Retired);
                yield return _database.Command(
                    $"""
                    UPDATE {_part.Name} r SET {string.Join(", ", columns)}
                    FROM unnest({Places}) AS n ({string.Join(", ", Names)}) WHERE r.id = n.id
                    """,
                    Arrays(_replaced));
            }

            if (_added.Count > 0)
            {
                yield return _database.Command(
                    $"INSERT INTO {_part.Name} ({string.Join(", ", Names)}) SELECT * FROM unnest({Places})",
                    Arrays(_added));
            }
        }
    }

    /// <summary>The changes that are kept in order.</summary>
    public IEnumerable<NpgsqlBatchCommand> Log => _log.Count == 0
        ? []
        :
        [
            _database.Command(
                LogRows,
                Parameters.Int((int)_part.Shape.Number),
                Ids(_log.Select(change => change.Id)),
                Parameters.Longs([.. _log.Select(change => change.Version)]),
                Parameters.Ints([.. _log.Select(change => (int?)change.Kind)]),
                Parameters.Longs([.. _log.Select(change => change.At)])),
        ];

    /// <summary>What becomes of the totals of all tables of a batch: their rows are locked.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Sums(Database database, IReadOnlyList<RecordChanges> changes)
    {
        var moved = new Dictionary<(long Table, string Rule, string Key), Int128>();
        foreach (var change in changes)
        {
            change.AddSums(moved);
        }

        var sums = moved.Where(pair => pair.Value != 0).ToList();
        if (sums.Count > 0)
        {
            yield return database.Command(
                SumChanges,
                Parameters.Ints([.. sums.Select(pair => (int?)pair.Key.Table)]),
                Parameters.Texts([.. sums.Select(pair => pair.Key.Rule)]),
                Parameters.Byteas([.. sums.Select(pair => Convert.FromHexString(pair.Key.Key))]),
                Parameters.Decimals([.. sums.Select(pair => (decimal)pair.Value)]));
        }
    }

    private IEnumerable<string> Names => RecordFields.Own.Split(", ")
        .Concat(_part.Shape.Columns.Select(column => $"\"{column.Name}\""));

    private IEnumerable<string> Retired => _part.Shape.Retired.Select(column => $"\"{column.Name}\" = NULL");

    private string Places => RecordFields.Places(OwnColumns + _part.Shape.Columns.Count);

    private static NpgsqlParameter Ids(IEnumerable<EntryId> ids) => Parameters.Uuids([.. ids.Select(Uuids.Of)]);

    private IEnumerable<string> UniqueColumns() => _part.Declared.Indexes
        .Where(index => index.IsUnique)
        .SelectMany(index => _part.View(_part.Declared).Names(index.Columns) ?? [])
        .Distinct();

    private NpgsqlParameter[] Arrays(List<Record> records)
    {
        var values = records.ConvertAll(_part.After);
        return
        [
            Ids(records.Select(record => record.Id)),
            Parameters.Longs([.. records.Select(record => record.Version)]),
            Parameters.Texts([.. records.Select(record => record.Owner)]),
            Parameters.Longs([.. records.Select(record => record.CreatedAt)]),
            Parameters.Longs([.. records.Select(record => record.UpdatedAt)]),
            Parameters.LongsOrNull([.. records.Select(record => record.HeldUntil)]),
            Parameters.Byteas([.. records.Select(record => Bytes.Of(record.Document))]),
            .. _part.Shape.Columns.Select(
                (column, i) => RecordFields.Array(column.Type, values.Select(row => row[i]))),
        ];
    }

    private void AddSums(Dictionary<(long Table, string Rule, string Key), Int128> moved)
    {
        foreach (var id in _removed.Concat(_replaced.Select(record => record.Id)))
        {
            Add(moved, _part.Records[id].HeldUntil, _part.Before(id), -1);
        }

        foreach (var record in _replaced.Concat(_added))
        {
            Add(moved, record.HeldUntil, _part.After(record), 1);
        }
    }

    // Those that are held are added up each time.
    private void Add(
        Dictionary<(long Table, string Rule, string Key), Int128> moved, long? heldUntil, RecordValue[] values,
        int sign)
    {
        foreach (var sum in heldUntil is null ? _part.Shape.Sums : [])
        {
            var key = (
                _part.Shape.Number, RecordCatalogue.RuleOf(sum), Convert.ToHexString(RecordPart.KeyOf(sum, values)));
            var weight = sum.WeightPosition < 0 ? 1 : Math.Max(0, values[sum.WeightPosition].Integer);
            moved[key] = moved.GetValueOrDefault(key) + ((Int128)weight * sign);
        }
    }
}
