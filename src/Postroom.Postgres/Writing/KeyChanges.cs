using Npgsql;
using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Postgres.Writing;

/// <summary>What becomes of the keys of a batch: most stand where their claim put them already.</summary>
internal static class KeyChanges
{
    public static IEnumerable<NpgsqlBatchCommand> Of(
        Database database, Touched touched, BatchClaims claims, BatchFacts facts, MemoryState after)
    {
        List<KeyHash> freed = [];
        List<(KeyHash Key, KeyPlace Place)> moved = [];
        foreach (var (key, claimed) in touched.Keys)
        {
            var isFresh = claims.Keys.Contains(key);
            if (!after.Keys.TryGetValue(key, out var row))
            {
                if (isFresh)
                {
                    freed.Add(key);
                }

                continue;
            }

            var was = isFresh ? claimed : facts.Places[key];
            var expiresAt = after.FindRow(row) is { } entry && entry.Key == key ? entry.ExpiresAt : was.ExpiresAt;
            if (was != new KeyPlace(row, expiresAt))
            {
                moved.Add((key, new KeyPlace(row, expiresAt)));
            }
        }

        if (freed.Count > 0)
        {
            yield return database.Command(
                "DELETE FROM postroom.keys WHERE key = ANY ($1)", Parameters.Uuids([.. freed.Select(Uuids.Of)]));
        }

        if (moved.Count > 0)
        {
            yield return database.Command(
                "UPDATE postroom.keys k SET row = n.row, expires_at = n.expires_at "
                    + "FROM unnest($1, $2, $3) AS n (key, row, expires_at) WHERE k.key = n.key",
                Parameters.Uuids([.. moved.Select(key => Uuids.Of(key.Key))]),
                Parameters.Longs([.. moved.Select(key => key.Place.Row)]),
                Parameters.Longs([.. moved.Select(key => key.Place.ExpiresAt)]));
        }
    }
}
