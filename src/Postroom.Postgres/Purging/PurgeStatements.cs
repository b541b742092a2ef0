namespace Postroom.Postgres.Purging;

/// <summary>
/// What a purge asks for and removes. Each finds its rows by an index, in its order, and changes them by their primary
/// keys: an array leaves the planner no way to read a whole table, however little it knows.
/// </summary>
internal static class PurgeStatements
{
    public const string Answers = """
        UPDATE postroom.entries SET answer_status = NULL, redirect = NULL, location = NULL,
          bytes = bytes - coalesce(length(answer), 0), answer = NULL
        WHERE row = ANY (ARRAY(
          SELECT row FROM postroom.entries
          WHERE key IS NOT NULL AND (answer_status IS NOT NULL OR state = 4) AND expires_at <= $1 AND state < 4
          ORDER BY expires_at LIMIT $2))
        """;

    public const string Tombstones = """
        DELETE FROM postroom.entries WHERE row = ANY (ARRAY(
          SELECT row FROM postroom.entries
          WHERE key IS NOT NULL AND (answer_status IS NOT NULL OR state = 4) AND expires_at <= $1 AND state = 4
          ORDER BY expires_at LIMIT $2))
        """;

    public const string Keys = """
        DELETE FROM postroom.keys WHERE key = ANY (ARRAY(
          SELECT key FROM postroom.keys WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)) AND expires_at <= $1
        """;

    public const string Jobs = """
        DELETE FROM postroom.jobs WHERE number = ANY (ARRAY(
          SELECT number FROM postroom.jobs WHERE state = 2 AND changed_at < $1 ORDER BY changed_at LIMIT $2))
        """;

    public const string Tokens = """
        DELETE FROM postroom.tokens WHERE token = ANY (ARRAY(
          SELECT token FROM postroom.tokens WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2))
        """;

    // OFFSET 0: asked entry by entry, and not joined with all jobs there are.
    private const string NoOpenJobs = "NOT EXISTS "
        + "(SELECT FROM postroom.jobs j WHERE j.entry_row = e.row AND j.entry = e.id AND j.state <> 2 OFFSET 0)";

    public const string Aged = $"""
        SELECT e.row, e.bytes FROM postroom.entries e
        WHERE e.endpoint = $1 AND e.received_at < $2 AND e.state < 4 AND {NoOpenJobs}
        ORDER BY e.received_at LIMIT $3 FOR UPDATE OF e SKIP LOCKED
        """;

    public const string Oldest = $"""
        SELECT e.row, e.bytes FROM postroom.entries e
        WHERE e.row > $2 AND e.expires_at <= $1 AND e.state < 4 AND {NoOpenJobs}
        ORDER BY e.row LIMIT $3 FOR UPDATE OF e SKIP LOCKED
        """;

    public const string Writers =
        "DELETE FROM postroom.writers WHERE at < now() - interval '7 days'";
}
