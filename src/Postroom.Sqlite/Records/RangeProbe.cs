using Postroom.Sqlite.Engine;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Records;

/// <summary>
/// Looks for a range in the way. It goes through the orders of length that the key has; within one, few ranges can
/// reach the one that is asked for, and the index leads to them, however many the key has.
/// </summary>
internal sealed class RangeProbe
{
    private readonly SqliteStatement _order;
    private readonly SqliteStatement _find;
    private readonly int _per;

    public RangeProbe(RecordRows rows, IReadOnlyList<string> per, string length, string from, string to)
    {
        _per = per.Count;
        var table = rows.Shape.Name;
        var key = RecordView.Same(per);
        _order = rows.Statement(FormattableString.Invariant(
            $"""
            SELECT "{length}" FROM "{table}" WHERE {key} AND "{length}" > ?{_per + 1} ORDER BY "{length}" LIMIT 1
            """));
        _find = rows.Statement(FormattableString.Invariant(
            $"""
            SELECT id FROM "{table}" WHERE {key} AND "{length}" = ?{_per + 1}
              AND "{from}" > ?{_per + 2} AND "{from}" < ?{_per + 3} AND "{to}" > ?{_per + 4}
              AND (held_until IS NULL OR held_until > ?{_per + 5}) AND row <> ?{_per + 6} LIMIT 1
            """));
    }

    /// <summary>A record in the way, or none.</summary>
    /// <param name="range">What is asked for.</param>
    /// <param name="except">The row that does not count; 0 for none.</param>
    public EntryId? Find(RangeFree range, long except)
    {
        var end = Plus(range.To, range.Rule.Buffer);
        var start = range.From < long.MinValue + range.Rule.Buffer ? long.MinValue : range.From - range.Rule.Buffer;
        for (var order = Next(range, -1); order >= 0; order = Next(range, order))
        {
            RecordRows.Bind(_find, range.Key);
            _find.Bind(_per + 1, order);
            _find.Bind(_per + 2, RangeLength.Before(start, order));
            _find.Bind(_per + 3, end);
            _find.Bind(_per + 4, start);
            _find.Bind(_per + 5, range.Now);
            _find.Bind(_per + 6, except);
            EntryId? found = _find.Step() ? EntryId.Read(_find.Bytes(0)) : null;
            _find.Reset();
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static long Plus(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    private int Next(RangeFree range, int order)
    {
        RecordRows.Bind(_order, range.Key);
        _order.Bind(_per + 1, order);
        var next = _order.Step() ? (int)_order.Number(0) : -1;
        _order.Reset();
        return next;
    }
}
