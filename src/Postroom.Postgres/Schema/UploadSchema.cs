namespace Postroom.Postgres.Schema;

/// <summary>The step that brings uploads.</summary>
internal static class UploadSchema
{
    // uploads: a row for each file from its first request to the deletion of its entry, which the last trigger sees, on
    // nodes of the release before as well.
    // upload_usage: the sums for quotas, kept by triggers; what all callers of an endpoint take stands under an empty
    // name. A batch locks the rows that it judges by.
    public const string Sql = """
        CREATE TABLE postroom.uploads (
          id uuid PRIMARY KEY,
          endpoint text NOT NULL,
          caller text NOT NULL,
          state integer NOT NULL,
          length bigint,
          "offset" bigint NOT NULL,
          bytes bigint NOT NULL,
          created_at bigint NOT NULL,
          expires_at bigint NOT NULL,
          fence bigint NOT NULL,
          held boolean NOT NULL,
          entry uuid,
          answer_status integer,
          location text,
          redirect text,
          answer bytea,
          metadata bytea NOT NULL,
          file_state bytea NOT NULL
        ) WITH (fillfactor = 70);
        CREATE INDEX uploads_open ON postroom.uploads (endpoint, id) WHERE state = 0;
        CREATE INDEX uploads_expiry ON postroom.uploads (expires_at, id) WHERE state <> 1;

        CREATE TABLE postroom.upload_usage (
          endpoint text NOT NULL,
          caller text NOT NULL,
          bytes bigint NOT NULL,
          open bigint NOT NULL,
          PRIMARY KEY (endpoint, caller)
        ) WITH (fillfactor = 50);

        CREATE FUNCTION postroom.count_upload() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            UPDATE postroom.upload_usage
            SET bytes = bytes + NEW.bytes - OLD.bytes,
              open = open + (NEW.state = 0)::integer - (OLD.state = 0)::integer
            WHERE endpoint = NEW.endpoint AND caller IN (NEW.caller, '');
          ELSIF TG_OP = 'INSERT' THEN
            INSERT INTO postroom.upload_usage AS u
            VALUES
              (NEW.endpoint, '', NEW.bytes, (NEW.state = 0)::integer),
              (NEW.endpoint, NEW.caller, NEW.bytes, (NEW.state = 0)::integer)
            ON CONFLICT (endpoint, caller)
              DO UPDATE SET bytes = u.bytes + excluded.bytes, open = u.open + excluded.open;
          ELSE
            UPDATE postroom.upload_usage SET bytes = bytes - OLD.bytes, open = open - (OLD.state = 0)::integer
            WHERE endpoint = OLD.endpoint AND caller IN (OLD.caller, '');
            DELETE FROM postroom.upload_usage
            WHERE endpoint = OLD.endpoint AND caller IN (OLD.caller, '') AND bytes = 0 AND open = 0;
          END IF;
          RETURN NULL;
        END $$;
        CREATE TRIGGER uploads_counted AFTER INSERT OR DELETE ON postroom.uploads
          FOR EACH ROW EXECUTE FUNCTION postroom.count_upload();
        CREATE TRIGGER uploads_moved AFTER UPDATE ON postroom.uploads
          FOR EACH ROW WHEN (OLD.bytes <> NEW.bytes OR OLD.state <> NEW.state)
          EXECUTE FUNCTION postroom.count_upload();

        CREATE FUNCTION postroom.forget_uploads() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM postroom.uploads WHERE id IN (SELECT id FROM gone);
          RETURN NULL;
        END $$;
        CREATE TRIGGER entry_files_gone AFTER DELETE ON postroom.entry_files REFERENCING OLD TABLE AS gone
          FOR EACH STATEMENT EXECUTE FUNCTION postroom.forget_uploads();

        CREATE VIEW postroom.uploads_readable AS
        SELECT
          id, endpoint, caller,
          CASE state WHEN 0 THEN 'open' WHEN 1 THEN 'finished' WHEN 2 THEN 'cancelled' END AS state,
          length, "offset", to_timestamp(created_at / 1000.0) AS created_at,
          to_timestamp(expires_at / 1000.0) AS expires_at
        FROM postroom.uploads;
        """;
}
