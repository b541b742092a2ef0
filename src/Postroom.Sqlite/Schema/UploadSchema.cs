namespace Postroom.Sqlite.Schema;

/// <summary>The step that brings uploads.</summary>
internal static class UploadSchema
{
    // uploads: a row for each file from its first request to the deletion of its entry, which the last trigger sees.
    // upload_usage: the sums for quotas, kept by triggers so that nothing can change a row beside them; what all
    // callers of an endpoint take stands under an empty name.
    public const string Sql = """
        CREATE TABLE uploads (
          id BLOB PRIMARY KEY,
          endpoint TEXT NOT NULL,
          caller TEXT NOT NULL,
          state INTEGER NOT NULL,
          length INTEGER,
          offset INTEGER NOT NULL,
          bytes INTEGER NOT NULL,
          created_at INTEGER NOT NULL,
          expires_at INTEGER NOT NULL,
          fence INTEGER NOT NULL,
          held INTEGER NOT NULL,
          entry BLOB,
          answer_status INTEGER,
          location TEXT,
          redirect TEXT,
          answer BLOB,
          metadata BLOB,
          file_state BLOB
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX uploads_open ON uploads (endpoint, id) WHERE state = 0;
        CREATE INDEX uploads_expiry ON uploads (expires_at, id) WHERE state <> 1;

        CREATE TABLE upload_usage (
          endpoint TEXT NOT NULL,
          caller TEXT NOT NULL,
          bytes INTEGER NOT NULL,
          open INTEGER NOT NULL,
          PRIMARY KEY (endpoint, caller)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER uploads_begun AFTER INSERT ON uploads BEGIN
          INSERT INTO upload_usage
          VALUES
            (NEW.endpoint, NEW.caller, NEW.bytes, NEW.state = 0), (NEW.endpoint, '', NEW.bytes, NEW.state = 0)
          ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes, open = open + excluded.open;
        END;
        CREATE TRIGGER uploads_moved AFTER UPDATE OF bytes, state ON uploads
        WHEN OLD.bytes <> NEW.bytes OR OLD.state <> NEW.state BEGIN
          UPDATE upload_usage
          SET bytes = bytes + NEW.bytes - OLD.bytes, open = open + (NEW.state = 0) - (OLD.state = 0)
          WHERE endpoint = NEW.endpoint AND caller IN (NEW.caller, '');
        END;
        CREATE TRIGGER uploads_gone AFTER DELETE ON uploads BEGIN
          UPDATE upload_usage SET bytes = bytes - OLD.bytes, open = open - (OLD.state = 0)
          WHERE endpoint = OLD.endpoint AND caller IN (OLD.caller, '');
          DELETE FROM upload_usage
          WHERE endpoint = OLD.endpoint AND caller IN (OLD.caller, '') AND bytes = 0 AND open = 0;
        END;
        CREATE TRIGGER entry_files_gone AFTER DELETE ON entry_files BEGIN
          DELETE FROM uploads WHERE id = OLD.id;
        END;

        CREATE VIEW uploads_readable AS
        SELECT
          lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-'
            || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) AS id,
          endpoint, caller,
          CASE state WHEN 0 THEN 'open' WHEN 1 THEN 'finished' WHEN 2 THEN 'cancelled' END AS state,
          length, offset,
          strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch') AS created_at,
          strftime('%Y-%m-%dT%H:%M:%fZ', expires_at / 1000.0, 'unixepoch') AS expires_at
        FROM uploads;
        """;
}
