using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Reading;

/// <summary>Reads entries and key matches from rows: one list of columns, one order.</summary>
internal static class EntryColumns
{
    /// <summary>Answers larger than this, in bytes, stand in a table of their own.</summary>
    public const int AnswerInlineMax = 64 * 1024;

    /// <summary>
    /// The columns of an entry, in the order that <see cref="Read"/> expects; joined with its large answer.
    /// </summary>
    public const string Select =
        """
        SELECT e.row, e.id, e.endpoint, e.state, e.reason, e.received_at, e.key, e.fingerprint, e.expires_at,
          e.answer_status, e.redirect, e.location, e.owner, e.agent, e.address, e.origin, e.repeat_of, e.media_type,
          coalesce(e.answer, (SELECT a.body FROM answers a WHERE a.row = e.row)),
          e.document, e.evidence, e.control
        FROM entries e
        """;

    /// <summary>The columns of a key match by row, in the order that <see cref="ReadMatch"/> expects.</summary>
    public const string SelectMatch =
        """
        SELECT e.id, e.key, e.fingerprint, e.received_at, e.expires_at, e.state, e.answer_status, e.redirect,
          e.location, coalesce(e.answer, (SELECT a.body FROM answers a WHERE a.row = e.row))
        FROM entries e WHERE e.row = ?1
        """;

    public const int Row = 0;
    public const int Id = 1;
    public const int Endpoint = 2;
    public const int State = 3;
    public const int Reason = 4;
    public const int Document = 19;

    /// <summary>The entry of a row, and of <paramref name="files"/> what came with it.</summary>
    /// <param name="row">The row, of <see cref="Select"/>.</param>
    /// <param name="files">A statement of <see cref="FileColumns.SelectOfEntry"/>.</param>
    public static Entry Read(SqliteStatement row, SqliteStatement files) => new()
    {
        Id = EntryId.Read(row.Bytes(Id)),
        Endpoint = row.Text(Endpoint)!,
        State = (EntryState)row.Number(State),
        Reason = row.Text(Reason),
        Evidence = row.Text(20),
        ReceivedAt = row.Number(5),
        Key = row.IsNull(6) ? default : KeyHash.Read(row.Bytes(6)),
        Fingerprint = row.IsNull(7) ? default : Fingerprint.Read(row.Bytes(7)),
        ExpiresAt = row.Number(8),
        Answer = row.IsNull(9)
            ? null
            : new StoredAnswer((int)row.Number(9), row.Bytes(18).ToArray(), row.Text(10), row.Text(11)),
        Owner = row.Text(12),
        Agent = row.Text(13),
        Address = row.Text(14),
        Origin = row.Text(15),
        RepeatOf = row.IsNull(16) ? default : EntryId.Read(row.Bytes(16)),
        MediaType = row.Text(17),
        Document = row.Bytes(Document).ToArray(),
        Control = row.IsNull(21) ? default : row.Bytes(21).ToArray(),
        Files = FileColumns.Read(files, row.Number(Row)),
    };

    /// <summary>The match when this row is the key's and has not expired, else null.</summary>
    public static KeyMatch? ReadMatch(SqliteStatement row, KeyHash key, long now)
    {
        var expiresAt = row.Number(4);
        var state = (EntryState)row.Number(5);
        if (expiresAt <= now || row.IsNull(1) || KeyHash.Read(row.Bytes(1)) != key)
        {
            return null;
        }

        var answer = row.IsNull(6)
            ? null
            : new StoredAnswer((int)row.Number(6), row.Bytes(9).ToArray(), row.Text(7), row.Text(8));
        return answer is null && state != EntryState.Deleted
            ? null
            : new KeyMatch(
                EntryId.Read(row.Bytes(0)), Fingerprint.Read(row.Bytes(2)), row.Number(3), expiresAt, state, answer);
    }
}
