using System.Globalization;
using Postroom.Sqlite.Engine;

namespace Postroom.Postgres.Tests.Copying;

/// <summary>Many entries with keys, made by the engine of a data folder at rest.</summary>
internal static class LargeStore
{
    public static void Fill(string data, int entries, long firstMillisecond)
    {
        using var connection = SqliteConnection.OpenWriter(Path.Combine(data, "postroom.db"));
        connection.Execute(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            PRAGMA synchronous=OFF;
            BEGIN;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {entries})
            INSERT INTO entries (row, id, endpoint, state, received_at, key, fingerprint, expires_at, answer_status,
              media_type, answer, document, agent)
            SELECT ({firstMillisecond} + i) << 12,
              unhex(printf('%016X8%015X', (({firstMillisecond} + i) << 16) | 0x7000, i * 7919)), '/api/contact', 0,
              {firstMillisecond} + i, randomblob(16), randomblob(32), {firstMillisecond} + 864000000, 201,
              'application/json', printf('{"{"}"message":"Thank you","number":%d{"}"}', i),
              printf('{"{"}"name":"Ada","message":"%s"{"}"}', hex(randomblob(60))), 'Mozilla/5.0'
            FROM n;
            INSERT INTO entry_spans
            SELECT row >> 34, endpoint, count(*), 0, 0, 0, sum(length(document) + length(answer)), min(received_at),
              min(expires_at)
            FROM entries GROUP BY 1, 2;
            INSERT INTO jobs SELECT (row >> 12) - {firstMillisecond}, row, id, 'notify', 0, 0, received_at, 0, 0, NULL,
              received_at FROM entries WHERE (row >> 12) % 10 = 0;
            COMMIT;
            """));
    }
}
