using Postroom.Sqlite.Writing;
using Postroom.Storage;

namespace Postroom.Sqlite.Erasing;

/// <summary>
/// Erases a slice inside the writer's transaction: the pages that held it are overwritten, those that become free too.
/// </summary>
internal static class EraseWrites
{
    public static EraseTally Run(WriterSession session, IReadOnlyList<EntryId> entries)
    {
        var erased = 0L;
        var files = new List<EntryId>();
        session.OverwritesAll(true);
        try
        {
            foreach (var id in entries)
            {
                if (session.Entries.Find(id) is { State: not EntryState.Deleted } facts)
                {
                    session.Jobs.DeleteOf(id.Row);
                    files.AddRange(session.Entries.Delete(facts, keepKey: true));
                    erased++;
                }
            }
        }
        finally
        {
            session.OverwritesAll(false);
        }

        return new EraseTally(erased, files);
    }
}
