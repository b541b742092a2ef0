using Npgsql;
using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Postgres.Writing;

/// <summary>
/// The third step of a batch: the difference between what was and what its units made of it, as a few statements
/// however many units there are.
/// </summary>
internal sealed class BatchChanges
{
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly Database _database;
    private readonly MemoryState _before;
    private readonly MemoryState _after;

    private BatchChanges(Database database, MemoryState before, MemoryState after) =>
        (_database, _before, _after) = (database, before, after);

    /// <summary>The statements; none where the claims have written everything already.</summary>
    public static IReadOnlyList<NpgsqlBatchCommand> Of(
        Database database, Touched touched, BatchClaims claims, BatchFacts facts, MemoryState after)
    {
        var changes = new BatchChanges(database, facts.State, after);
        changes._commands.AddRange(KeyChanges.Of(database, touched, claims, facts, after));
        changes.AddEntries();
        changes._commands.AddRange(JobChanges.Of(database, facts.State, after));
        changes.AddValues(touched, claims);
        changes.AddCounts(touched);
        changes.AddTokens(touched, claims);
        changes._commands.AddRange(UploadChanges.Of(database, facts.State, after));
        if (facts.Records is { } records)
        {
            changes._commands.AddRange(records.Changes(after));
        }

        return changes._commands;
    }

    private void AddEntries()
    {
        List<long> gone = [], emptied = [];
        List<Entry> added = [], moved = [];
        foreach (var entry in _after.Entries)
        {
            if (_before.FindRow(entry.Id.Row) is not { } was)
            {
                added.Add(entry);
            }
            else if (!IsSame(was, entry))
            {
                gone.Add(entry.Id.Row);
                added.Add(entry);
            }
            else if (entry.State == EntryState.Deleted && was.State != EntryState.Deleted)
            {
                emptied.Add(entry.Id.Row);
            }
            else if (was.State != entry.State || was.Reason != entry.Reason)
            {
                moved.Add(entry);
            }
        }

        gone.AddRange(_before.Entries.Select(entry => entry.Id.Row).Where(row => _after.FindRow(row) is null));
        _commands.AddRange(EntryChanges.Removed(_database, gone, emptied));
        _commands.AddRange(EntryChanges.Moved(_database, moved));
        _commands.AddRange(EntryChanges.Added(_database, added));
    }

    // One that was read and then moved or emptied still has the very text that was read; one that took its row has not.
    private static bool IsSame(Entry was, Entry entry) =>
        was.Id == entry.Id && ReferenceEquals(was.Endpoint, entry.Endpoint);

    private void AddValues(Touched touched, BatchClaims claims)
    {
        foreach (var value in _before.Claims.Keys.Union(touched.Values.Keys))
        {
            EntryId? was = _before.Claims.TryGetValue(value, out var holder) ? holder
                : claims.Values.Contains(value) ? touched.Values[value]
                : null;
            if (!_after.Claims.TryGetValue(value, out var holds))
            {
                Add("DELETE FROM postroom.unique_values WHERE endpoint = $1 AND rule = $2 AND digest = $3",
                    Parameters.Text(value.Endpoint), Parameters.Text(value.Rule),
                    Parameters.Bytea(Bytes.Of(value.Digest)));
            }
            else if (was != holds)
            {
                Add("UPDATE postroom.unique_values SET entry = $4, entry_row = $5 "
                        + "WHERE endpoint = $1 AND rule = $2 AND digest = $3",
                    Parameters.Text(value.Endpoint), Parameters.Text(value.Rule),
                    Parameters.Bytea(Bytes.Of(value.Digest)), Parameters.Uuid(Uuids.Of(holds)),
                    Parameters.Long(holds.Row));
            }
        }
    }

    private void AddCounts(Touched touched)
    {
        foreach (var count in _before.Counts.Keys.Union(touched.Counts))
        {
            NpgsqlParameter[] place =
                [Parameters.Text(count.Endpoint), Parameters.Long(count.Period), Parameters.Long(count.Start)];
            if (!_after.Counts.TryGetValue(count, out var counted))
            {
                Add("DELETE FROM postroom.quota_counts WHERE endpoint = $1 AND period = $2 AND start = $3", place);
            }
            else if (counted != _before.Counts.GetValueOrDefault(count))
            {
                Add("UPDATE postroom.quota_counts SET count = $4 WHERE endpoint = $1 AND period = $2 AND start = $3",
                    [.. place, Parameters.Long(counted)]);
            }
        }
    }

    private void AddTokens(Touched touched, BatchClaims claims)
    {
        foreach (var (token, placed) in touched.Tokens)
        {
            if (!_after.Tokens.TryGetValue(token, out var expiresAt))
            {
                Add("DELETE FROM postroom.tokens WHERE token = $1", Parameters.Uuid(Uuids.Of(token)));
            }
            else if (expiresAt != BatchFacts.Consumed && (expiresAt != placed || !claims.Tokens.Contains(token)))
            {
                Add("UPDATE postroom.tokens SET expires_at = $2 WHERE token = $1",
                    Parameters.Uuid(Uuids.Of(token)), Parameters.Long(expiresAt));
            }
        }
    }

    private void Add(string sql, params NpgsqlParameter[] parameters) =>
        _commands.Add(_database.Command(sql, parameters));
}
