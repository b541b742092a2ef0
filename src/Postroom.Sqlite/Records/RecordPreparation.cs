using Postroom.Sqlite.Reading;
using Postroom.Sqlite.Writing;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Records;

/// <summary>
/// Brings tables to what is declared while units go on: columns are filled in slices between them. An index is made in
/// one piece, and units wait for it.
/// </summary>
internal sealed class RecordPreparation(StoreWriter writer, ReaderPool readers) : IDisposable
{
    private const int SliceRows = 250;
    private const int OffendersMax = 20;

    private readonly SemaphoreSlim _turn = new(1);

    public async Task<IReadOnlyList<RecordTableFault>> RunAsync(
        IReadOnlyList<RecordTable> tables, CancellationToken cancel)
    {
        foreach (var table in tables)
        {
            RecordTableRules.Check(table);
        }

        await _turn.WaitAsync(cancel);
        try
        {
            var faults = new List<RecordTableFault>();
            foreach (var table in tables)
            {
                faults.AddRange(await ExtendAsync(table, cancel));
            }

            // What is no longer declared goes when nothing stands in the way of the new plans any more.
            if (faults.Count == 0 && tables.Count > 0)
            {
                await StepAsync(session => Settle(session, tables));
            }

            return faults;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<IReadOnlyList<RecordTableFault>> ExtendAsync(RecordTable table, CancellationToken cancel)
    {
        var missing = await RunAsync(session => session.ExtendRecords(table));
        while (await StepAsync(session => RecordSteps.Fill(session.Records, table, SliceRows)))
        {
            cancel.ThrowIfCancellationRequested();
        }

        var faults = new List<RecordTableFault>();
        foreach (var index in missing)
        {
            cancel.ThrowIfCancellationRequested();
            if (!await StepAsync(session => RecordSteps.Build(session.Records, index)))
            {
                faults.Add(new RecordTableFault(table.Endpoint, index.Unique!, Offenders(table, index)));
            }
        }

        return faults;
    }

    private List<EntryId> Offenders(RecordTable table, ShapeIndex index)
    {
        var session = readers.Rent();
        try
        {
            var columns = string.Join(", ", index.ColumnNames);
            var present = string.Join(" AND ", index.ColumnNames.Select(name => $"{name} IS NOT NULL"));
            var rows = session.Statement(FormattableString.Invariant(
                $"""
                SELECT id FROM "{index.Table}" WHERE ({columns}) IN
                  (SELECT {columns} FROM "{index.Table}" WHERE {present} GROUP BY {columns} HAVING count(*) > 1)
                ORDER BY {columns}, id LIMIT {OffendersMax}
                """));
            var offenders = new List<EntryId>();
            while (rows.Step())
            {
                offenders.Add(EntryId.Read(rows.Bytes(0)));
            }

            rows.Reset();
            return offenders;
        }
        finally
        {
            readers.Return(session);
        }
    }

    private static bool Settle(WriterSession session, IReadOnlyList<RecordTable> tables)
    {
        foreach (var table in tables)
        {
            session.SettleRecords(table);
        }

        return true;
    }

    private async Task<bool> StepAsync(Func<WriterSession, bool> step) =>
        (bool)await RunAsync(session => (object)step(session));

    private async Task<T> RunAsync<T>(Func<WriterSession, T> step)
        where T : class =>
        await writer.RunAsync(step)
        ?? throw new InvalidOperationException(
            "The tables of records could not be made: the store takes no more writes.");
}
