using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Reading;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>The writer's statements over uploads; triggers keep the sums.</summary>
internal sealed class UploadTable(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _fence =
        connection.Prepare("SELECT fence FROM uploads WHERE id = ?1 AND state = 0");

    private readonly SqliteStatement _usage = connection.Prepare(UploadColumns.SelectUsage);

    private readonly SqliteStatement _insert = connection.Prepare(
        """
        INSERT INTO uploads (id, endpoint, caller, created_at, state, length, offset, bytes, expires_at, fence, held,
          entry, answer_status, location, redirect, answer, metadata, file_state)
        VALUES (?1, ?17, ?18, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        """);

    private readonly SqliteStatement _set = connection.Prepare(
        """
        UPDATE uploads SET state = ?3, length = ?4, offset = ?5, bytes = ?6, expires_at = ?7, fence = ?8, held = ?9,
          entry = ?10, answer_status = ?11, location = ?12, redirect = ?13, answer = ?14, metadata = ?15,
          file_state = ?16
        WHERE id = ?1
        """);

    private readonly SqliteStatement _delete = connection.Prepare("DELETE FROM uploads WHERE id = ?1");

    public bool IsHeld(UploadHeld held)
    {
        Bind(_fence, 1, held.Id);
        var isHeld = _fence.Step() && _fence.Number(0) == held.Fence;
        _fence.Reset();
        return isHeld;
    }

    public bool HasRoom(UploadRoom room) =>
        room.Holds(UploadColumns.ReadUsage(_usage, room.Endpoint, room.Caller));

    public void Insert(Upload upload)
    {
        Bind(_insert, upload);
        _insert.Bind(2, upload.CreatedAt);
        _insert.BindText(17, upload.Endpoint);
        _insert.BindText(18, upload.Caller);
        _insert.Run();
    }

    public void Set(Upload upload)
    {
        Bind(_set, upload);
        _set.Run();
    }

    public void Delete(EntryId id)
    {
        Bind(_delete, 1, id);
        _delete.Run();
    }

    public void Dispose()
    {
        _fence.Dispose();
        _usage.Dispose();
        _insert.Dispose();
        _set.Dispose();
        _delete.Dispose();
    }

    private static void Bind(SqliteStatement statement, Upload upload)
    {
        Bind(statement, 1, upload.Id);
        statement.Bind(3, (long)upload.State);
        if (upload.Length is { } length)
        {
            statement.Bind(4, length);
        }
        else
        {
            statement.BindNull(4);
        }

        statement.Bind(5, upload.Offset);
        statement.Bind(6, upload.Bytes);
        statement.Bind(7, upload.ExpiresAt);
        statement.Bind(8, upload.Fence);
        statement.Bind(9, upload.IsHeld ? 1 : 0);
        BindAnswer(statement, upload);
        statement.BindBlob(15, upload.Metadata.Span);
        statement.BindBlob(16, upload.FileState.Span);
    }

    private static void BindAnswer(SqliteStatement statement, Upload upload)
    {
        if (upload.Entry.IsEmpty)
        {
            statement.BindNull(10);
        }
        else
        {
            Bind(statement, 10, upload.Entry);
        }

        if (upload.Answer is not { } answer)
        {
            for (var column = 11; column <= 14; column++)
            {
                statement.BindNull(column);
            }

            return;
        }

        statement.Bind(11, answer.Status);
        statement.BindText(12, answer.Location);
        statement.BindText(13, answer.Redirect);
        statement.BindBlob(14, answer.Body.Span);
    }

    private static void Bind(SqliteStatement statement, int index, EntryId id)
    {
        Span<byte> bytes = stackalloc byte[EntryId.Size];
        id.WriteTo(bytes);
        statement.BindBlob(index, bytes);
    }
}
