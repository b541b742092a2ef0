namespace Postroom.Sqlite.Schema;

/// <summary>The schema of the store, step by step.</summary>
internal static class Migrations
{
    /// <summary>All of them in order.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new(1, "the store", TheStore),
        new(2, "what spoke against an entry, and its control fields", EvidenceAndControl),
        new(3, "files of entries", FilesOfEntries),
        new(4, "bodies as they came", Bodies),
        new(5, "values that are unique, and counts of entries", ValuesAndCounts),
        new(6, "where files stood in a body", GapsOfBodies),
        new(7, "uploads", UploadSchema.Sql),
        new(8, "records of resources", RecordSchema.Sql),
    ];

    // entries: append-only, in the order of arrival, without a second index: what is looked up by key goes through the
    // key files. The columns that a scan for keys reads stand before the document, so that it skips overflow pages.
    // lease_owner and lease_until wait for work that stays running.
    // entry_spans: sums by endpoint over about 70 minutes of arrivals, which lead retention and counts to their rows.
    private const string TheStore = """
        CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE entries (
          row INTEGER PRIMARY KEY,
          id BLOB NOT NULL,
          endpoint TEXT NOT NULL,
          state INTEGER NOT NULL,
          reason TEXT,
          received_at INTEGER NOT NULL,
          key BLOB,
          fingerprint BLOB,
          expires_at INTEGER NOT NULL,
          answer_status INTEGER,
          redirect TEXT,
          location TEXT,
          owner TEXT,
          agent TEXT,
          address TEXT,
          origin TEXT,
          repeat_of BLOB,
          lease_owner TEXT,
          lease_until INTEGER,
          media_type TEXT,
          answer TEXT,
          document TEXT
        ) STRICT;

        CREATE TABLE answers (row INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

        CREATE TABLE entry_spans (
          span INTEGER NOT NULL,
          endpoint TEXT NOT NULL,
          stored INTEGER NOT NULL,
          held INTEGER NOT NULL,
          refused INTEGER NOT NULL,
          running INTEGER NOT NULL,
          bytes INTEGER NOT NULL,
          oldest INTEGER NOT NULL,
          next_expiry INTEGER,
          PRIMARY KEY (span, endpoint)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE key_generations (
          number INTEGER PRIMARY KEY,
          first_row INTEGER NOT NULL,
          last_row INTEGER NOT NULL,
          late_row INTEGER,
          keys INTEGER NOT NULL,
          newest_expiry INTEGER NOT NULL,
          dropped INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE jobs (
          number INTEGER PRIMARY KEY,
          entry_row INTEGER NOT NULL,
          entry BLOB NOT NULL,
          name TEXT NOT NULL,
          state INTEGER NOT NULL,
          attempts INTEGER NOT NULL,
          run_at INTEGER NOT NULL,
          claim INTEGER NOT NULL,
          lease_until INTEGER NOT NULL,
          error TEXT,
          changed_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX jobs_due ON jobs (iif(state = 0, run_at, lease_until), number) WHERE state IN (0, 1);
        CREATE INDEX jobs_entry ON jobs (entry_row);

        CREATE TABLE tokens (token BLOB PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX tokens_expiry ON tokens (expires_at);

        CREATE VIEW entries_readable AS
        SELECT
          lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-'
            || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) AS id,
          endpoint,
          CASE state WHEN 0 THEN 'stored' WHEN 1 THEN 'held' WHEN 2 THEN 'refused' WHEN 3 THEN 'running' END AS state,
          reason,
          strftime('%Y-%m-%dT%H:%M:%fZ', received_at / 1000.0, 'unixepoch') AS received_at,
          document, media_type, owner, agent, address, origin,
          lower(hex(key)) AS key,
          CASE WHEN expires_at > 0 THEN strftime('%Y-%m-%dT%H:%M:%fZ', expires_at / 1000.0, 'unixepoch') END
            AS expires_at,
          answer_status, answer, redirect, location
        FROM entries WHERE state < 4;
        """;

    private const string EvidenceAndControl = """
        ALTER TABLE entries ADD COLUMN evidence TEXT;
        ALTER TABLE entries ADD COLUMN control TEXT;

        DROP VIEW entries_readable;
        CREATE VIEW entries_readable AS
        SELECT
          lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-'
            || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) AS id,
          endpoint,
          CASE state WHEN 0 THEN 'stored' WHEN 1 THEN 'held' WHEN 2 THEN 'refused' WHEN 3 THEN 'running' END AS state,
          reason, evidence,
          strftime('%Y-%m-%dT%H:%M:%fZ', received_at / 1000.0, 'unixepoch') AS received_at,
          document, control, media_type, owner, agent, address, origin,
          lower(hex(key)) AS key,
          CASE WHEN expires_at > 0 THEN strftime('%Y-%m-%dT%H:%M:%fZ', expires_at / 1000.0, 'unixepoch') END
            AS expires_at,
          answer_status, answer, redirect, location
        FROM entries WHERE state < 4;
        """;

    // entry_files: what is known of the files that came with an entry; their bytes are in the folder "files". The index
    // serves the sweep, which asks for each file whether a row names it.
    private const string FilesOfEntries = """
        CREATE TABLE entry_files (
          entry_row INTEGER NOT NULL,
          position INTEGER NOT NULL,
          id BLOB NOT NULL,
          field TEXT NOT NULL,
          name TEXT NOT NULL,
          size INTEGER NOT NULL,
          media_type TEXT NOT NULL,
          digest BLOB NOT NULL,
          PRIMARY KEY (entry_row, position)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX entry_files_id ON entry_files (id);

        CREATE VIEW files_readable AS
        SELECT
          lower(substr(hex(e.id), 1, 8) || '-' || substr(hex(e.id), 9, 4) || '-' || substr(hex(e.id), 13, 4) || '-'
            || substr(hex(e.id), 17, 4) || '-' || substr(hex(e.id), 21)) AS entry,
          f.position, f.field, f.name, f.size, f.media_type, lower(hex(f.digest)) AS sha256,
          'files/' || lower(substr(hex(f.id), 31)) || '/' || lower(substr(hex(f.id), 1, 8) || '-'
            || substr(hex(f.id), 9, 4) || '-' || substr(hex(f.id), 13, 4) || '-' || substr(hex(f.id), 17, 4) || '-'
            || substr(hex(f.id), 21)) AS path
        FROM entry_files f JOIN entries e ON e.row = f.entry_row;
        """;

    // Only what was refused and is kept has a row: who looks for those goes through this table.
    private const string Bodies = """
        CREATE TABLE bodies (row INTEGER PRIMARY KEY, content_type TEXT NOT NULL, body BLOB NOT NULL) STRICT;
        """;

    // Offsets in decimal digits with commas between them; null for a body that came without files.
    private const string GapsOfBodies = "ALTER TABLE bodies ADD COLUMN gaps TEXT;";

    // unique_values: which entry holds a value, known by its digest alone; the index frees them with their entry.
    // quota_counts: two periods at most for each endpoint, and one row for all time.
    private const string ValuesAndCounts = """
        CREATE TABLE unique_values (
          endpoint TEXT NOT NULL,
          rule TEXT NOT NULL,
          digest BLOB NOT NULL,
          entry_row INTEGER NOT NULL,
          PRIMARY KEY (endpoint, rule, digest)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX unique_values_entry ON unique_values (entry_row);

        CREATE TABLE quota_counts (
          endpoint TEXT NOT NULL,
          period INTEGER NOT NULL,
          start INTEGER NOT NULL,
          count INTEGER NOT NULL,
          PRIMARY KEY (endpoint, period, start)
        ) STRICT, WITHOUT ROWID;
        """;
}
