using Postroom.Expressions.Values;
using Postroom.Storage.Records;

namespace Postroom.Storage.Memory;

/// <summary>What queries over records mean: every record is evaluated and sorted.</summary>
internal static class MemoryQueries
{
    public static RecordQueryPage Run(MemoryState state, RecordQuery query)
    {
        var order = new RecordOrder(query.Sorts);
        var found = Passing(state, query)
            .Select(record => (Record: record, Place: Place(query, record)))
            .Where(each => query.After is null || order.Compare(each.Place, query.After) > 0)
            .OrderBy(each => each.Place, order)
            .Take(query.Limit + 1)
            .ToList();
        Record[] page = [.. found.Take(query.Limit).Select(each => each.Record with { Values = [] })];
        return new RecordQueryPage(page, found.Count > query.Limit ? found[query.Limit - 1].Place : null);
    }

    public static long Count(MemoryState state, RecordQuery query) => Passing(state, query).LongCount();

    private static IEnumerable<Record> Passing(MemoryState state, RecordQuery query)
    {
        var variables = (ExpressionValue[])query.Variables.Clone();
        return state.RecordsOf(query.Table).Values.Where(record =>
            (query.Owner is null || query.Owner == record.Owner) && query.Passes(query.Filter, record, variables));
    }

    private static RecordPlace Place(RecordQuery query, Record record) =>
        new([.. query.Sorts.Select(sort => sort.ValueOf(record, record.Values, query.Table))], record.Id);
}
