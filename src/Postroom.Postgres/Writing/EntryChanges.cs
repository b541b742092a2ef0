using System.Text;
using Npgsql;
using Postroom.Postgres.Reading;
using Postroom.Storage;

namespace Postroom.Postgres.Writing;

/// <summary>Writes entries, with their files and bodies, many at once.</summary>
internal static class EntryChanges
{
    private const string Entries = """
        INSERT INTO postroom.entries
          (row, id, endpoint, state, reason, evidence, received_at, key, fingerprint, expires_at, answer_status,
           redirect, location, owner, agent, address, origin, repeat_of, media_type, bytes, answer, document, control)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
          $21, $22, $23)
        """;

    private const string Files = """
        INSERT INTO postroom.entry_files (entry_row, position, id, field, name, size, media_type, digest)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string Emptied = """
        UPDATE postroom.entries SET state = 4, reason = NULL, evidence = NULL, answer_status = NULL, redirect = NULL,
          location = NULL, owner = NULL, agent = NULL, address = NULL, origin = NULL, repeat_of = NULL,
          media_type = NULL, bytes = 0, answer = NULL, document = '', control = NULL
        WHERE row = ANY ($1)
        """;

    public static IEnumerable<NpgsqlBatchCommand> Added(Database database, IReadOnlyList<Entry> entries)
    {
        if (entries.Count == 0)
        {
            yield break;
        }

        yield return database.Command(Entries, Columns(entries));
        var files = entries.SelectMany(entry => entry.Files.Select((file, at) => (entry.Id.Row, At: at, File: file)))
            .ToList();
        if (files.Count > 0)
        {
            yield return database.Command(
                Files,
                Parameters.Longs([.. files.Select(file => file.Row)]),
                Parameters.Ints([.. files.Select(file => (int?)file.At)]),
                Parameters.Uuids([.. files.Select(file => Uuids.Of(file.File.Id))]),
                Parameters.Byteas([.. files.Select(file => Encoding.UTF8.GetBytes(file.File.Field))]),
                Parameters.Texts([.. files.Select(file => file.File.Name)]),
                Parameters.Longs([.. files.Select(file => file.File.Size)]),
                Parameters.Texts([.. files.Select(file => file.File.MediaType)]),
                Parameters.Texts([.. files.Select(file => file.File.Digest)]));
        }

        var bodies = entries.Where(entry => entry.BodyType is not null).ToList();
        if (bodies.Count > 0)
        {
            yield return database.Command(
                "INSERT INTO postroom.bodies SELECT * FROM unnest($1, $2, $3, $4)",
                Parameters.Longs([.. bodies.Select(entry => entry.Id.Row)]),
                Parameters.Texts([.. bodies.Select(entry => entry.BodyType)]),
                Parameters.Byteas([.. bodies.Select(entry => Bytes.Of(entry.Body))]),
                Parameters.Texts([.. bodies.Select(entry => BodyGaps.Write(entry.BodyGaps))]));
        }
    }

    public static IEnumerable<NpgsqlBatchCommand> Moved(Database database, IReadOnlyList<Entry> entries)
    {
        if (entries.Count > 0)
        {
            yield return database.Command(
                "UPDATE postroom.entries e SET state = n.state, reason = n.reason "
                    + "FROM unnest($1, $2, $3) AS n (row, state, reason) WHERE e.row = n.row",
                Parameters.Longs([.. entries.Select(entry => entry.Id.Row)]),
                Parameters.Ints([.. entries.Select(entry => (int?)entry.State)]),
                Parameters.Texts([.. entries.Select(entry => entry.Reason)]));
        }
    }

    /// <summary>Removes entries, and empties those whose key is kept.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Removed(
        Database database, IReadOnlyList<long> gone, IReadOnlyList<long> emptied)
    {
        if (gone.Count + emptied.Count == 0)
        {
            yield break;
        }

        long[] both = [.. gone, .. emptied];
        yield return database.Command(
            "DELETE FROM postroom.entries WHERE row = ANY ($1)", Parameters.Longs([.. gone]));
        yield return database.Command(Emptied, Parameters.Longs([.. emptied]));
        yield return database.Command(
            "DELETE FROM postroom.entry_files WHERE entry_row = ANY ($1)", Parameters.Longs(both));
        yield return database.Command("DELETE FROM postroom.bodies WHERE row = ANY ($1)", Parameters.Longs(both));
    }

    private static NpgsqlParameter[] Columns(IReadOnlyList<Entry> entries) =>
    [
        Longs(entries, entry => entry.Id.Row),
        Parameters.Uuids([.. entries.Select(entry => Uuids.Of(entry.Id))]),
        Texts(entries, entry => entry.Endpoint),
        Parameters.Ints([.. entries.Select(entry => (int?)entry.State)]),
        Texts(entries, entry => entry.Reason),
        Texts(entries, entry => entry.Evidence),
        Longs(entries, entry => entry.ReceivedAt),
        Parameters.Uuids([.. entries.Select(entry => entry.Key.IsEmpty ? (Guid?)null : Uuids.Of(entry.Key))]),
        Byteas(entries, entry => entry.Key.IsEmpty ? null : Bytes.Of(entry.Fingerprint)),
        Longs(entries, entry => entry.ExpiresAt),
        Parameters.Ints([.. entries.Select(entry => entry.Answer?.Status)]),
        Texts(entries, entry => entry.Answer?.Redirect),
        Texts(entries, entry => entry.Answer?.Location),
        Texts(entries, entry => entry.Owner),
        Texts(entries, entry => entry.Agent),
        Texts(entries, entry => entry.Address),
        Texts(entries, entry => entry.Origin),
        Parameters.Uuids([.. entries.Select(entry => entry.RepeatOf.IsEmpty ? (Guid?)null : Uuids.Of(entry.RepeatOf))]),
        Texts(entries, entry => entry.MediaType),
        Longs(entries, entry => entry.Bytes),
        Byteas(entries, entry => entry.Answer is null ? null : Bytes.Of(entry.Answer.Body)),
        Byteas(entries, entry => Bytes.Of(entry.Document)),
        Byteas(entries, entry => entry.Control.IsEmpty ? null : Bytes.Of(entry.Control)),
    ];

    private static NpgsqlParameter Longs(IReadOnlyList<Entry> entries, Func<Entry, long> column) =>
        Parameters.Longs([.. entries.Select(column)]);

    private static NpgsqlParameter Texts(IReadOnlyList<Entry> entries, Func<Entry, string?> column) =>
        Parameters.Texts([.. entries.Select(column)]);

    private static NpgsqlParameter Byteas(IReadOnlyList<Entry> entries, Func<Entry, byte[]?> column) =>
        Parameters.Byteas([.. entries.Select(column)]);
}
