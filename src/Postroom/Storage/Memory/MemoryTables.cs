using System.Collections.Immutable;
using Postroom.Storage.Records;

namespace Postroom.Storage.Memory;

/// <summary>Brings records to the columns that are declared now.</summary>
internal static class MemoryTables
{
    private const int OffendersMax = 20;

    public static (MemoryState State, IReadOnlyList<RecordTableFault> Faults) Prepare(
        MemoryState state, IReadOnlyList<RecordTable> tables)
    {
        var before = state;
        var faults = new List<RecordTableFault>();
        foreach (var table in tables)
        {
            RecordTableRules.Check(table);
            var records = state.RecordsOf(table).ToImmutableSortedDictionary(
                pair => pair.Key, pair => pair.Value with { Values = table.Read(pair.Value.Document.Span) });
            state = state.With(table, records) with { Tables = state.Tables.SetItem(table.Endpoint, table) };
            foreach (var index in table.Indexes.Where(index => index.IsUnique))
            {
                var offenders = Offenders(table, index, records.Values);
                if (offenders.Count > 0)
                {
                    faults.Add(new RecordTableFault(table.Endpoint, index, offenders));
                }
            }
        }

        return (faults.Count == 0 ? state : before, faults);
    }

    private static List<EntryId> Offenders(RecordTable table, RecordIndex index, IEnumerable<Record> records) =>
    [
        .. records
            .Select(record => (record.Id, Values: table.Pick(record.Values, index.Columns)))
            .Where(pair => !pair.Values.Any(value => value.IsNone))
            .GroupBy(pair => string.Concat(pair.Values.Select(Written)))
            .Where(group => group.Count() > 1)
            .SelectMany(group => group.Select(pair => pair.Id))
            .Take(OffendersMax),
    ];

    private static string Written(RecordValue value) =>
        FormattableString.Invariant($"{value.Kind}{value.Text?.Length}:{value.Text}{value.Integer}/{value.Number:R};");
}
