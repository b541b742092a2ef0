using Postroom.Sqlite;
using Postroom.Storage;

namespace Postroom.Server.Exporting;

/// <summary>
/// All entries of an endpoint, oldest first, a page at a time, so that no reader stays open for long.
/// </summary>
internal static class EntryPages
{
    private const int PageSize = 1000;

    public static IEnumerable<Entry> Read(SqliteStoreView store, string endpoint, EntryState state)
    {
        EntryId? after = null;
        while (true)
        {
            EntryPage page;
            using (var reader = store.Read())
            {
                page = reader.ListEntries(new EntryQuery
                {
                    Endpoint = endpoint,
                    State = state,
                    OldestFirst = true,
                    After = after,
                    Limit = PageSize,
                });
            }

            foreach (var entry in page.Entries)
            {
                yield return entry;
            }

            if (page.Next is null)
            {
                yield break;
            }

            after = page.Next;
        }
    }
}
