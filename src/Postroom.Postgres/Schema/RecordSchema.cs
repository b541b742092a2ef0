namespace Postroom.Postgres.Schema;

/// <summary>The step that brings records.</summary>
internal static class RecordSchema
{
    // What tables of records there are, and how: they themselves are made from what is declared, named r_<name>, and
    // each change of one makes its generation another.
    // record_sums: what the records of a key that count for good weigh, and a row to lock for each key of a capacity or
    // of ranges. record_counters: the number of the newest change of a table; who has changed it is locked until the
    // commit, so that numbers rise in the order of commits.
    public const string Sql = """
        CREATE TABLE postroom.record_tables (
          number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          endpoint text NOT NULL UNIQUE,
          name text NOT NULL UNIQUE,
          shape text NOT NULL,
          generation bigint NOT NULL
        );
        CREATE TABLE postroom.record_columns (
          record_table integer NOT NULL,
          name text NOT NULL,
          position integer GENERATED ALWAYS AS IDENTITY,
          path text NOT NULL,
          type integer NOT NULL,
          from_column text,
          to_column text,
          is_filled boolean NOT NULL,
          is_live boolean NOT NULL,
          PRIMARY KEY (record_table, name)
        );
        CREATE TABLE postroom.record_sum_rules (
          record_table integer NOT NULL,
          rule bigint NOT NULL,
          per text NOT NULL,
          weight text,
          PRIMARY KEY (record_table, rule)
        );
        CREATE TABLE postroom.record_sums (
          record_table integer NOT NULL,
          rule text NOT NULL,
          key bytea NOT NULL,
          taken numeric NOT NULL,
          PRIMARY KEY (record_table, rule, key)
        );
        CREATE TABLE postroom.record_counters (record_table integer PRIMARY KEY, last_change bigint NOT NULL);
        CREATE TABLE postroom.record_changes (
          record_table integer NOT NULL,
          sequence bigint NOT NULL,
          id uuid NOT NULL,
          version bigint NOT NULL,
          kind integer NOT NULL,
          at bigint NOT NULL,
          PRIMARY KEY (record_table, sequence)
        );
        """;
}
