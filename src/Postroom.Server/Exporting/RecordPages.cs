using Postroom.Sqlite;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Server.Exporting;

/// <summary>
/// All records of a resource, oldest first, a page at a time, so that no reader stays open for long.
/// </summary>
internal static class RecordPages
{
    private const int PageSize = 1000;

    public static IEnumerable<Record> Read(SqliteStoreView store, RecordTable table)
    {
        EntryId? after = null;
        do
        {
            RecordPage page;
            using (var reader = store.Read())
            {
                page = reader.ListRecords(
                    new RecordList { Table = table, OldestFirst = true, After = after, Limit = PageSize });
            }

            foreach (var record in page.Records)
            {
                yield return record;
            }

            after = page.Next;
        }
        while (after is not null);
    }
}
