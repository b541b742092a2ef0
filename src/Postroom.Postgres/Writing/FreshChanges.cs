using Npgsql;
using Postroom.Storage;

namespace Postroom.Postgres.Writing;

/// <summary>
/// The statements of a batch that is assumed to be new. What other nodes may want too comes after the long ones, so
/// that it is held for the commit alone, and in the order of all batches: keys, secrets, values.
/// </summary>
internal static class FreshChanges
{
    private const string KeyRows = """
        INSERT INTO postroom.keys (key, row, expires_at)
        SELECT * FROM unnest($1, $2, $3) AS n (key, row, expires_at) ORDER BY key
        """;

    private const string TokenRows = """
        INSERT INTO postroom.tokens (token, expires_at)
        SELECT * FROM unnest($1, $2) AS n (token, expires_at) ORDER BY token
        """;

    private const string ValueRows = """
        INSERT INTO postroom.unique_values (endpoint, rule, digest, entry, entry_row)
        SELECT * FROM unnest($1, $2, $3, $4, $5) AS n (endpoint, rule, digest, entry, entry_row)
        ORDER BY endpoint, rule, digest
        """;

    public static IEnumerable<NpgsqlBatchCommand> Of(Database database, FreshBatch batch)
    {
        foreach (var command in EntryChanges.Added(database, batch.Entries))
        {
            yield return command;
        }

        var keyed = batch.Entries.FindAll(entry => !entry.Key.IsEmpty);
        if (keyed.Count > 0)
        {
            yield return database.Command(
                KeyRows,
                Parameters.Uuids(keyed.ConvertAll(entry => Uuids.Of(entry.Key)).ToArray()),
                Parameters.Longs(keyed.ConvertAll(entry => entry.Id.Row).ToArray()),
                Parameters.Longs(keyed.ConvertAll(entry => entry.ExpiresAt).ToArray()));
        }

        if (batch.Tokens.Count > 0)
        {
            yield return database.Command(
                TokenRows,
                Parameters.Uuids([.. batch.Tokens.Select(use => Uuids.Of(use.Token))]),
                Parameters.Longs([.. batch.Tokens.Select(use => use.ExpiresAt)]));
        }

        if (batch.Values.Count > 0)
        {
            yield return database.Command(
                ValueRows,
                Parameters.Texts([.. batch.Values.Select(claim => claim.Endpoint)]),
                Parameters.Texts([.. batch.Values.Select(claim => claim.Rule)]),
                Parameters.Byteas([.. batch.Values.Select(claim => Bytes.Of(claim.Digest))]),
                Parameters.Uuids([.. batch.Values.Select(claim => Uuids.Of(claim.Entry))]),
                Parameters.Longs([.. batch.Values.Select(claim => claim.Entry.Row)]));
        }

        // A batch that is refused after all takes no numbers of jobs with it.
        if (batch.Jobs.Count > 0)
        {
            yield return JobChanges.Added(database, batch.Jobs);
        }
    }
}
