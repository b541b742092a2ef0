using Postroom.Expressions.Values;

namespace Postroom.Storage.Records;

/// <summary>
/// Answers queries on an engine that does not do so itself: every record is read and evaluated, and no more are kept
/// than a page has.
/// </summary>
internal static class RecordScan
{
    private const int SliceMax = 1000;

    public static RecordQueryPage Run(IStoreReader reader, RecordQuery query)
    {
        var order = new RecordOrder(query.Sorts);
        var kept = new SortedDictionary<RecordPlace, Record>(order);
        var variables = (ExpressionValue[])query.Variables.Clone();
        var isSorted = query.Sorts.Count > 0;
        var scanned = 0;
        foreach (var record in All(reader, query, isSorted ? null : query.After?.Id))
        {
            var values = query.Table.Read(record.Document.Span);
            var place = new RecordPlace(
                [.. query.Sorts.Select(sort => sort.ValueOf(record, values, query.Table))], record.Id);
            if ((query.After is null || order.Compare(place, query.After) > 0)
                && query.Passes(query.Filter, record, variables))
            {
                kept.Add(place, record);
            }

            if (!isSorted && kept.Count <= query.Limit && ++scanned == query.ScanMax)
            {
                return new RecordQueryPage([.. kept.Values], place);
            }

            if (kept.Count > query.Limit + 1)
            {
                kept.Remove(kept.Keys.Last());
            }

            if (!isSorted && kept.Count > query.Limit)
            {
                break;
            }
        }

        return new RecordQueryPage(
            [.. kept.Values.Take(query.Limit)],
            kept.Count > query.Limit ? kept.Keys.ElementAt(query.Limit - 1) : null);
    }

    /// <summary>Null when there are more than that.</summary>
    public static long? Count(IStoreReader reader, RecordQuery query, int max)
    {
        var variables = (ExpressionValue[])query.Variables.Clone();
        var (scanned, count) = (0, 0L);
        foreach (var record in All(reader, query, after: null))
        {
            if (scanned++ == max)
            {
                return null;
            }

            count += query.Passes(query.Filter, record, variables) ? 1 : 0;
        }

        return count;
    }

    private static IEnumerable<Record> All(IStoreReader reader, RecordQuery query, EntryId? after)
    {
        var list = new RecordList { Table = query.Table, Owner = query.Owner, After = after, Limit = SliceMax };
        while (true)
        {
            var page = reader.ListRecords(list);
            foreach (var record in page.Records)
            {
                yield return record;
            }

            if (page.Next is null)
            {
                yield break;
            }

            list = list with { After = page.Next };
        }
    }
}
