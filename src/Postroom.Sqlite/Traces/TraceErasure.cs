using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Traces;

/// <summary>Removes the traces of entries from a folder that no server has open.</summary>
internal static class TraceErasure
{
    public static void Run(string folder, IReadOnlyList<EntryId> entries)
    {
        var path = Path.Combine(folder, SqliteTraceStore.FileName);
        if (!File.Exists(path))
        {
            return;
        }

        using var connection = SqliteConnection.OpenWriter(path);
        connection.Execute("PRAGMA secure_delete=ON; BEGIN");
        using (var delete = connection.Prepare("DELETE FROM traces WHERE id = ?1"))
        {
            foreach (var entry in entries)
            {
                delete.BindBlob(1, entry.ToArray());
                delete.Run();
            }
        }

        connection.Execute("COMMIT; PRAGMA temp_store=FILE; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
