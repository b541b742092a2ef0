using Npgsql;
using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Postgres.Writing;

/// <summary>Writes uploads, one by one: beside their bytes their rows are few. Triggers keep the sums.</summary>
internal static class UploadChanges
{
    private const string Added =
        """
        INSERT INTO postroom.uploads (id, endpoint, caller, created_at, state, length, "offset", bytes, expires_at,
          fence, held, entry, answer_status, location, redirect, answer, metadata, file_state)
        VALUES ($1, $16, $17, $18, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """;

    private const string Set =
        """
        UPDATE postroom.uploads SET state = $2, length = $3, "offset" = $4, bytes = $5, expires_at = $6, fence = $7,
          held = $8, entry = $9, answer_status = $10, location = $11, redirect = $12, answer = $13, metadata = $14,
          file_state = $15
        WHERE id = $1
        """;

    public static IEnumerable<NpgsqlBatchCommand> Of(Database database, MemoryState before, MemoryState after)
    {
        if (ReferenceEquals(before.Uploads, after.Uploads))
        {
            yield break;
        }

        foreach (var (id, upload) in after.Uploads)
        {
            if (!before.Uploads.TryGetValue(id, out var was))
            {
                yield return database.Command(
                    Added,
                    [
                        .. Values(upload), Parameters.Text(upload.Endpoint), Parameters.Text(upload.Caller),
                        Parameters.Long(upload.CreatedAt),
                    ]);
            }
            else if (!ReferenceEquals(was, upload))
            {
                yield return database.Command(Set, Values(upload));
            }
        }

        var gone = before.Uploads.Keys.Where(id => !after.Uploads.ContainsKey(id)).Select(Uuids.Of).ToArray();
        if (gone.Length > 0)
        {
            yield return database.Command(
                "DELETE FROM postroom.uploads WHERE id = ANY ($1)", Parameters.Uuids(gone));
        }
    }

    private static NpgsqlParameter[] Values(Upload upload) =>
    [
        Parameters.Uuid(Uuids.Of(upload.Id)),
        Parameters.Int((int)upload.State),
        Parameters.LongOrNull(upload.Length),
        Parameters.Long(upload.Offset),
        Parameters.Long(upload.Bytes),
        Parameters.Long(upload.ExpiresAt),
        Parameters.Long(upload.Fence),
        Parameters.Flag(upload.IsHeld),
        Parameters.UuidOrNull(upload.Entry.IsEmpty ? null : Uuids.Of(upload.Entry)),
        Parameters.IntOrNull(upload.Answer?.Status),
        Parameters.TextOrNull(upload.Answer?.Location),
        Parameters.TextOrNull(upload.Answer?.Redirect),
        Parameters.ByteaOrNull(upload.Answer is { } answer ? Bytes.Of(answer.Body) : null),
        Parameters.Bytea(Bytes.Of(upload.Metadata)),
        Parameters.Bytea(Bytes.Of(upload.FileState)),
    ];
}
