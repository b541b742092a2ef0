using Npgsql;
using Postroom.Postgres.Statements;
using Postroom.Storage;

namespace Postroom.Postgres.Reading;

/// <summary>Reads uploads.</summary>
internal static class UploadRows
{
    public const string Columns =
        """
        u.id, u.endpoint, u.caller, u.state, u.length, u."offset", u.created_at, u.expires_at, u.fence, u.held, u.entry,
        u.answer_status, u.location, u.redirect, u.answer, u.metadata, u.file_state
        """;

    public static Upload Read(NpgsqlDataReader row) => new()
    {
        Id = Uuids.Entry(row.GetGuid(0)),
        Endpoint = row.GetString(1),
        Caller = row.GetString(2),
        State = (UploadState)row.GetInt32(3),
        Length = row.IsDBNull(4) ? null : row.GetInt64(4),
        Offset = row.GetInt64(5),
        CreatedAt = row.GetInt64(6),
        ExpiresAt = row.GetInt64(7),
        Fence = row.GetInt64(8),
        IsHeld = row.GetBoolean(9),
        Entry = row.IsDBNull(10) ? default : Uuids.Entry(row.GetGuid(10)),
        Answer = row.IsDBNull(11)
            ? null
            : new StoredAnswer(row.GetInt32(11), row.BytesOrEmpty(14), row.TextOrNull(13), row.TextOrNull(12)),
        Metadata = row.BytesOrEmpty(15),
        FileState = row.BytesOrEmpty(16),
    };
}
