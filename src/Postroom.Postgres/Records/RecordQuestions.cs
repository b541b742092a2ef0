using Npgsql;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>
/// The statements that read what guards over one table rest on: by indexes, and never more rows than there are guards,
/// whatever a key holds.
/// </summary>
internal sealed class RecordQuestions(
    Database database, RecordPart part, NpgsqlBatch batch, List<Action<NpgsqlDataReader>> reads)
{
    /// <summary>Adds them.</summary>
    /// <param name="taken">Takes in what is held for a guard.</param>
    public void Add(Action<SumBelow, decimal> taken)
    {
        AddValues();
        AddHeld(taken);
        AddRanges();
        AddReferences();
    }

    private void AddValues()
    {
        foreach (var guards in part.Touch.Values.GroupBy(free => Named(free.Table, free.Index.Columns)))
        {
            if (guards.Key is null)
            {
                continue;
            }

            var columns = Columns(guards.Key);
            var match = string.Join(" AND ", columns.Select((column, i) =>
            {
                var (stored, asked) = ($"r.\"{column.Name}\"", Invariant($"n.k{i}"));
                var digest = $"{RecordDefinitions.Unique(column, stored)} = {RecordDefinitions.Unique(column, asked)}";
                return column.Type == RecordType.Text ? $"{digest} AND {stored} = {asked}" : digest;
            }));
            var keys = string.Join(", ", columns.Select((_, i) => Invariant($"k{i}")));
            Ask(
                $"""
                SELECT {part.Columns} FROM unnest({RecordFields.Places(columns.Count)}) AS n ({keys})
                JOIN {part.Name} r ON {match}
                """,
                row => part.Read(row),
                [
                    .. columns.Select(
                        (column, i) => RecordFields.Array(column.Type, guards.Select(free => free.Values[i]))),
                ]);
        }
    }

    private void AddHeld(Action<SumBelow, decimal> taken)
    {
        foreach (var (guards, key, sum) in Keyed(
            part.Touch.Sums, guard => guard.Key, guard => part.View(guard.Table).Sum(guard.Rule)))
        {
            var weight = sum.Weight is { } column ? $"greatest(r.\"{column}\", 0)" : "1";
            Ask(
                $"""
                SELECT n.guard, sum({weight})::numeric FROM {key.Rows("now")} JOIN {part.Name} r
                ON {key.Match} AND r.held_until > n.now GROUP BY n.guard
                """,
                row => taken(guards[(int)row.GetInt64(0) - 1], row.GetDecimal(1)),
                [.. key.Arrays, Parameters.Longs([.. guards.Select(guard => guard.Now)])]);
        }
    }

    // One in the way is enough, but none that the batch itself may move: those were read already.
    private void AddRanges()
    {
        foreach (var (guards, key, length) in Keyed(part.Touch.Ranges, guard => guard.Key, LengthOf))
        {
            Ask(
                $"""
                SELECT f.* FROM {key.Rows("now, start, stop")} CROSS JOIN generate_series(0, {RangeLength.Max}) AS o
                CROSS JOIN LATERAL (
                  SELECT {part.Columns} FROM {part.Name} r
                  WHERE {key.Match} AND r."{length.Name}" = o
                    AND r."{length.From}" > greatest(n.start - (2::numeric ^ o - 1), -9223372036854775808)::bigint
                    AND r."{length.From}" < n.stop AND r."{length.To}" > n.start
                    AND (r.held_until IS NULL OR r.held_until > n.now)
                    AND r.id <> ALL (${key.Arrays.Count + 4}) LIMIT 1) f
                """,
                row => part.Read(row),
                [
                    .. key.Arrays,
                    Parameters.Longs([.. guards.Select(guard => guard.Now)]),
                    Parameters.Longs([.. guards.Select(guard => Minus(guard.From, guard.Rule.Buffer))]),
                    Parameters.Longs([.. guards.Select(guard => Plus(guard.To, guard.Rule.Buffer))]),
                    Ids(guards.Select(guard => guard.Except)),
                ]);
        }
    }

    private void AddReferences()
    {
        foreach (var guards in part.Touch.References.GroupBy(guard => part.View(guard.Table).Name(guard.Column)))
        {
            if (guards.Key is not { } name)
            {
                continue;
            }

            // As many more as the batch may take away again.
            var more = part.Touch.Written.Count + 1;
            Ask(
                $"""
                SELECT f.* FROM unnest($1, $2) AS n (id, most) CROSS JOIN LATERAL (
                  SELECT {part.Columns} FROM {part.Name} r
                  WHERE left(r."{name}", 600) = n.id AND r."{name}" = n.id LIMIT n.most) f
                """,
                row => part.Read(row),
                [
                    Parameters.Texts([.. guards.Select(guard => guard.Id.ToString())]),
                    Parameters.Longs([.. guards.Select(guard => guard.Count + more)]),
                ]);
        }
    }

    private ShapeColumn? LengthOf(RangeFree guard) =>
        part.View(guard.Table).Names([guard.Rule.From, guard.Rule.To]) is [var from, var to]
            ? part.Shape.FindLength(from, to)
            : null;

    /// <summary>Guards with the same rule, and with a none at the same places of the key.</summary>
    private IEnumerable<(List<TGuard> Guards, RecordKeyMatch Key, TRule Rule)> Keyed<TGuard, TRule>(
        List<TGuard> guards, Func<TGuard, IReadOnlyList<RecordValue>> key, Func<TGuard, TRule?> rule)
        where TRule : class
    {
        foreach (var ofRule in guards.GroupBy(guard => (rule(guard), Per(guard))))
        {
            if (ofRule.Key is not ({ } known, { } per))
            {
                continue;
            }

            var columns = Columns(per);
            foreach (var alike in ofRule.GroupBy(guard => RecordKeyMatch.Present(key(guard))))
            {
                yield return (
                    [.. alike], new RecordKeyMatch(columns, alike.Key, [.. alike.Select(key)]), known);
            }
        }
    }

    private string? Per<TGuard>(TGuard guard) => guard switch
    {
        SumBelow sum => Named(sum.Table, sum.Rule.Per),
        RangeFree range => Named(range.Table, range.Rule.Per),
        _ => null,
    };

    /// <summary>The names of columns in the database, in one text; null when one is no longer written.</summary>
    private string? Named(RecordTable table, IReadOnlyList<string> columns) =>
        part.View(table).Names(columns) is { } names ? string.Join(' ', names) : null;

    private List<ShapeColumn> Columns(string names) =>
        [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part.Column)];

    private NpgsqlParameter Ids(IEnumerable<EntryId> excepted) => Parameters.Uuids(
        [.. part.Touch.Written.Concat(part.Touch.Incoming.Select(pair => pair.Record.Id)).Concat(excepted).Distinct()
            .Select(Uuids.Of)]);

    private void Ask(string sql, Action<NpgsqlDataReader> read, NpgsqlParameter[] parameters)
    {
        batch.BatchCommands.Add(database.Command(sql, parameters));
        reads.Add(read);
    }

    private static long Plus(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    private static long Minus(long left, long right) => left < long.MinValue + right ? long.MinValue : left - right;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
