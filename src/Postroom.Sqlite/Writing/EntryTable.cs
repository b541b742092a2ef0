using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Keys;
using Postroom.Sqlite.Reading;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>
/// The writer's statements over entries, their answers, bodies and files, keeping the key index and the spans in step.
/// </summary>
internal sealed class EntryTable(SqliteConnection connection, KeyIndex keys, EntrySpans spans) : IDisposable
{
    private readonly SqliteStatement _insert = connection.Prepare(
        """
        INSERT INTO entries (row, id, endpoint, state, reason, received_at, key, fingerprint, expires_at, answer_status,
          redirect, location, owner, agent, address, origin, repeat_of, media_type, answer, document,
          evidence, control)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
        """);

    private readonly FileTable _files = new(connection);

    private readonly BodyTable _bodies = new(connection);

    private readonly ClaimTable _claims = new(connection);

    private readonly SqliteStatement _insertAnswer = connection.Prepare("INSERT INTO answers VALUES (?1, ?2)");

    private readonly SqliteStatement _match = connection.Prepare(EntryColumns.SelectMatch);

    private readonly SqliteStatement _find = connection.Prepare(
        """
        SELECT e.id, e.state, e.endpoint, e.key IS NOT NULL, e.expires_at, e.answer_status IS NOT NULL,
          coalesce(octet_length(e.document), 0) + coalesce(octet_length(e.control), 0)
            + coalesce(octet_length(e.answer), (SELECT octet_length(a.body) FROM answers a WHERE a.row = e.row), 0)
            + coalesce((SELECT sum(f.size) FROM entry_files f WHERE f.entry_row = e.row), 0)
            + coalesce((SELECT octet_length(b.body) FROM bodies b WHERE b.row = e.row), 0),
          e.reason
        FROM entries e WHERE e.row = ?1
        """);

    private readonly SqliteStatement _setState =
        connection.Prepare("UPDATE entries SET state = ?2, reason = ?3 WHERE row = ?1");

    private readonly SqliteStatement _empty = connection.Prepare(
        """
        UPDATE entries SET state = 4, reason = NULL, answer_status = NULL, redirect = NULL, location = NULL,
          owner = NULL, agent = NULL, address = NULL, origin = NULL, repeat_of = NULL, media_type = NULL,
          answer = NULL, document = NULL, evidence = NULL, control = NULL
        WHERE row = ?1
        """);

    private readonly SqliteStatement _clearAnswer = connection.Prepare(
        "UPDATE entries SET answer_status = NULL, redirect = NULL, location = NULL, answer = NULL WHERE row = ?1");

    private readonly SqliteStatement _delete = connection.Prepare("DELETE FROM entries WHERE row = ?1");

    private readonly SqliteStatement _deleteAnswer = connection.Prepare("DELETE FROM answers WHERE row = ?1");

    public void Insert(Entry entry)
    {
        var row = entry.Id.Row;
        BindIdentity(entry, row);
        BindOrigin(entry);
        BindAnswer(entry, row);
        _insert.BindText(20, entry.Document.Span);
        BindControl(entry);
        _insert.Run();
        if (entry.Files.Count > 0)
        {
            _files.Insert(entry);
        }

        if (entry.BodyType is not null)
        {
            _bodies.Insert(entry);
        }

        if (!entry.Key.IsEmpty)
        {
            keys.Set(entry.Key, row, entry.ExpiresAt);
        }

        spans.Added(entry);
    }

    /// <summary>The entry that the key stands for at that time, or null when it is free.</summary>
    public KeyMatch? FindKey(KeyHash key, long now)
    {
        var row = keys.Find(key);
        if (row == 0)
        {
            return null;
        }

        _match.Bind(1, row);
        var match = _match.Step() ? EntryColumns.ReadMatch(_match, key, now) : null;
        _match.Reset();
        return match;
    }

    /// <summary>What the row holds, or null when there is none.</summary>
    public EntryFacts? Find(long row)
    {
        _find.Bind(1, row);
        EntryFacts? facts = null;
        if (_find.Step())
        {
            facts = new EntryFacts(
                EntryId.Read(_find.Bytes(0)),
                (EntryState)_find.Number(1),
                _find.Text(2)!,
                _find.Number(3) != 0,
                _find.Number(4),
                _find.Number(5) != 0,
                _find.Number(6),
                _find.Text(7));
        }

        _find.Reset();
        return facts;
    }

    /// <summary>The entry with this id unless it was deleted.</summary>
    public EntryFacts? Find(EntryId id) =>
        Find(id.Row) is { } facts && facts.Id == id && facts.State != EntryState.Deleted ? facts : null;

    public void SetState(SetEntryState set)
    {
        if (Find(set.Id) is { } facts)
        {
            _setState.Bind(1, set.Id.Row);
            _setState.Bind(2, (long)set.State);
            _setState.BindText(3, set.Reason);
            _setState.Run();
            spans.Moved(facts, set.State);
            if (set.State != EntryState.Stored)
            {
                _claims.FreeOf(set.Id.Row);
            }
        }
    }

    /// <summary>True while a stored entry holds the value.</summary>
    public bool Holds(ValueFree value) => _claims.IsHeld(value);

    /// <summary>Has a stored entry hold a value.</summary>
    public void Claim(ClaimValue claim)
    {
        if (Find(claim.Entry) is { State: EntryState.Stored })
        {
            _claims.Claim(claim);
        }
    }

    /// <summary>
    /// Removes an entry, its answer, its kept body and what is known of its files; of one whose key is kept, all but
    /// the key.
    /// </summary>
    /// <returns>The files whose bytes are left.</returns>
    public IReadOnlyList<EntryId> Delete(EntryFacts facts, bool keepKey)
    {
        // A key whose answer was cleared has ended: nothing would ever come to remove what is kept of it.
        if (keepKey && facts.HasKey && facts.HasAnswer)
        {
            RunOn(_empty, facts.Id.Row);
        }
        else
        {
            RunOn(_delete, facts.Id.Row);
        }

        RunOn(_deleteAnswer, facts.Id.Row);
        _bodies.DeleteOf(facts.Id.Row);
        _claims.FreeOf(facts.Id.Row);
        spans.Removed(facts);
        return _files.DeleteOf(facts.Id.Row);
    }

    /// <summary>Clears the answer of an expired key.</summary>
    public void ClearAnswer(EntryFacts facts)
    {
        RunOn(_clearAnswer, facts.Id.Row);
        RunOn(_deleteAnswer, facts.Id.Row);
        spans.Resized(facts, Find(facts.Id.Row)?.Bytes ?? 0);
    }

    /// <summary>Removes what was left of a deleted entry when its key has ended.</summary>
    public void Forget(EntryFacts facts) => RunOn(_delete, facts.Id.Row);

    public void Dispose()
    {
        _insert.Dispose();
        _files.Dispose();
        _bodies.Dispose();
        _claims.Dispose();
        _insertAnswer.Dispose();
        _match.Dispose();
        _find.Dispose();
        _setState.Dispose();
        _empty.Dispose();
        _clearAnswer.Dispose();
        _delete.Dispose();
        _deleteAnswer.Dispose();
    }

    private static void RunOn(SqliteStatement statement, long row)
    {
        statement.Bind(1, row);
        statement.Run();
    }

    private void BindIdentity(Entry entry, long row)
    {
        Span<byte> bytes = stackalloc byte[Fingerprint.Size];
        _insert.Bind(1, row);
        entry.Id.WriteTo(bytes);
        _insert.BindBlob(2, bytes[..EntryId.Size]);
        _insert.BindText(3, entry.Endpoint);
        _insert.Bind(4, (long)entry.State);
        _insert.BindText(5, entry.Reason);
        _insert.Bind(6, entry.ReceivedAt);
        _insert.Bind(9, entry.ExpiresAt);
        if (entry.Key.IsEmpty)
        {
            _insert.BindNull(7);
            _insert.BindNull(8);
            return;
        }

        entry.Key.WriteTo(bytes);
        _insert.BindBlob(7, bytes[..KeyHash.Size]);
        entry.Fingerprint.WriteTo(bytes);
        _insert.BindBlob(8, bytes);
    }

    private void BindOrigin(Entry entry)
    {
        _insert.BindText(13, entry.Owner);
        _insert.BindText(14, entry.Agent);
        _insert.BindText(15, entry.Address);
        _insert.BindText(16, entry.Origin);
        _insert.BindText(18, entry.MediaType);
        if (entry.RepeatOf.IsEmpty)
        {
            _insert.BindNull(17);
            return;
        }

        Span<byte> bytes = stackalloc byte[EntryId.Size];
        entry.RepeatOf.WriteTo(bytes);
        _insert.BindBlob(17, bytes);
    }

    private void BindControl(Entry entry)
    {
        _insert.BindText(21, entry.Evidence);
        if (entry.Control.IsEmpty)
        {
            _insert.BindNull(22);
        }
        else
        {
            _insert.BindText(22, entry.Control.Span);
        }
    }

    private void BindAnswer(Entry entry, long row)
    {
        _insert.BindText(11, entry.Answer?.Redirect);
        _insert.BindText(12, entry.Answer?.Location);
        if (entry.Answer is not { } answer)
        {
            _insert.BindNull(10);
            _insert.BindNull(19);
            return;
        }

        _insert.Bind(10, answer.Status);
        if (answer.Body.Length <= EntryColumns.AnswerInlineMax)
        {
            _insert.BindText(19, answer.Body.Span);
            return;
        }

        _insert.BindNull(19);
        _insertAnswer.Bind(1, row);
        _insertAnswer.BindBlob(2, answer.Body.Span);
        _insertAnswer.Run();
    }
}
