using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Reading;

/// <summary>Reads uploads.</summary>
internal static class UploadColumns
{
    private const string Select =
        """
        SELECT id, endpoint, caller, state, length, offset, created_at, expires_at, fence, held, entry,
          answer_status, location, redirect, answer, metadata, file_state
        FROM uploads
        """;

    public const string SelectOne = $"{Select} WHERE id = ?1";

    public const string SelectOpen =
        $"""
        {Select} WHERE state = 0 AND endpoint = ?1 AND id > ?2 AND (?3 IS NULL OR caller = ?3) ORDER BY id LIMIT ?4
        """;

    public const string SelectExpired =
        $"{Select} WHERE state <> 1 AND expires_at <= ?1 ORDER BY expires_at, id LIMIT ?2";

    public const string SelectUsage = "SELECT bytes, open FROM upload_usage WHERE endpoint = ?1 AND caller = ?2";

    public static Upload Read(SqliteStatement row) => new()
    {
        Id = EntryId.Read(row.Bytes(0)),
        Endpoint = row.Text(1)!,
        Caller = row.Text(2)!,
        State = (UploadState)row.Number(3),
        Length = row.IsNull(4) ? null : row.Number(4),
        Offset = row.Number(5),
        CreatedAt = row.Number(6),
        ExpiresAt = row.Number(7),
        Fence = row.Number(8),
        IsHeld = row.Number(9) != 0,
        Entry = row.IsNull(10) ? default : EntryId.Read(row.Bytes(10)),
        Answer = row.IsNull(11)
            ? null
            : new StoredAnswer((int)row.Number(11), row.Bytes(14).ToArray(), row.Text(13), row.Text(12)),
        Metadata = row.Bytes(15).ToArray(),
        FileState = row.Bytes(16).ToArray(),
    };

    public static UploadUsage ReadUsage(SqliteStatement usage, string endpoint, string? caller)
    {
        usage.BindText(1, endpoint);
        usage.BindText(2, caller ?? "");
        try
        {
            return usage.Step() ? new UploadUsage(usage.Number(0), usage.Number(1)) : default;
        }
        finally
        {
            usage.Reset();
        }
    }
}
