using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Reading;

/// <summary>Reads what is known of the files of entries.</summary>
internal static class FileColumns
{
    public const string SelectOfEntry =
        """
        SELECT id, field, name, size, media_type, digest FROM entry_files WHERE entry_row = ?1 ORDER BY position
        """;

    /// <summary>The files of an entry; the statement is <see cref="SelectOfEntry"/>.</summary>
    public static IReadOnlyList<EntryFile> Read(SqliteStatement row, long entry)
    {
        row.Bind(1, entry);
        try
        {
            IReadOnlyList<EntryFile> none = [];
            List<EntryFile>? files = null;
            while (row.Step())
            {
                (files ??= []).Add(new EntryFile(
                    EntryId.Read(row.Bytes(0)),
                    row.Text(1)!,
                    row.Text(2)!,
                    row.Number(3),
                    row.Text(4)!,
                    Convert.ToHexStringLower(row.Bytes(5))));
            }

            return files ?? none;
        }
        finally
        {
            row.Reset();
        }
    }
}
