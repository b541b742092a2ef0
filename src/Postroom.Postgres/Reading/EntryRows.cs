using Npgsql;
using Postroom.Storage;

namespace Postroom.Postgres.Reading;

/// <summary>Reads entries from rows, whole ones and what a decision needs of one.</summary>
internal static class EntryRows
{
    /// <summary>What a decision needs, from a table named e: no document, nothing of the sender.</summary>
    public const string Facts =
        "e.id, e.endpoint, e.state, e.reason, e.received_at, e.key, e.fingerprint, e.expires_at, e.answer_status, "
        + "e.redirect, e.location, e.answer";

    /// <summary>Everything but files and body.</summary>
    public const string Whole = Facts
        + ", e.evidence, e.owner, e.agent, e.address, e.origin, e.repeat_of, e.media_type, e.document, e.control";

    private const int Rest = 12;

    public static Entry ReadFacts(NpgsqlDataReader reader, int first = 0) => new()
    {
        Id = Uuids.Entry(reader.GetGuid(first)),
        Endpoint = reader.GetString(first + 1),
        State = (EntryState)reader.GetInt32(first + 2),
        Reason = reader.TextOrNull(first + 3),
        ReceivedAt = reader.GetInt64(first + 4),
        Key = Uuids.Key(reader.UuidOrEmpty(first + 5)),
        Fingerprint = reader.IsDBNull(first + 6)
            ? default
            : Fingerprint.Read(reader.GetFieldValue<byte[]>(first + 6)),
        ExpiresAt = reader.GetInt64(first + 7),
        Answer = reader.IsDBNull(first + 8)
            ? null
            : new StoredAnswer(
                reader.GetInt32(first + 8), reader.BytesOrEmpty(first + 11), reader.TextOrNull(first + 9),
                reader.TextOrNull(first + 10)),
        Document = default,
    };

    public static Entry Read(NpgsqlDataReader reader, int first = 0) => ReadFacts(reader, first) with
    {
        Evidence = reader.TextOrNull(first + Rest),
        Owner = reader.TextOrNull(first + Rest + 1),
        Agent = reader.TextOrNull(first + Rest + 2),
        Address = reader.TextOrNull(first + Rest + 3),
        Origin = reader.TextOrNull(first + Rest + 4),
        RepeatOf = Uuids.Entry(reader.UuidOrEmpty(first + Rest + 5)),
        MediaType = reader.TextOrNull(first + Rest + 6),
        Document = reader.BytesOrEmpty(first + Rest + 7),
        Control = reader.BytesOrEmpty(first + Rest + 8),
    };

    /// <summary>The match of a key, from the facts of the entry that it points to; null when the key is free.</summary>
    public static KeyMatch? Match(Entry entry, KeyHash key, long now) =>
        entry.Key != key || entry.ExpiresAt <= now || (entry.Answer is null && entry.State != EntryState.Deleted)
            ? null
            : new KeyMatch(
                entry.Id, entry.Fingerprint, entry.ReceivedAt, entry.ExpiresAt, entry.State, entry.Answer);
}
