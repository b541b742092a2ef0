namespace Postroom.Sqlite.Schema;

/// <summary>The step that brings records.</summary>
internal static class RecordSchema
{
    // What tables of records there are, and how: they themselves are made from what is declared, named r_<name>.
    // record_columns: path and type are those of the declared column; from_column and to_column make a column with the
    // order of a range's length. record_sums: what the records of a key that count for good weigh, as
    // overflow * 2^62 + taken.
    public const string Sql = """
        CREATE TABLE record_tables (
          number INTEGER PRIMARY KEY,
          endpoint TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL UNIQUE,
          shape TEXT NOT NULL,
          filled_to INTEGER
        ) STRICT;

        CREATE TABLE record_columns (
          record_table INTEGER NOT NULL,
          name TEXT NOT NULL,
          path TEXT NOT NULL,
          type INTEGER NOT NULL,
          from_column TEXT,
          to_column TEXT,
          is_filled INTEGER NOT NULL,
          is_live INTEGER NOT NULL,
          PRIMARY KEY (record_table, name)
        ) STRICT;

        CREATE TABLE record_sum_rules (
          record_table INTEGER NOT NULL,
          rule INTEGER NOT NULL,
          per TEXT NOT NULL,
          weight TEXT,
          is_filled INTEGER NOT NULL,
          PRIMARY KEY (record_table, rule)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE record_sums (
          record_table INTEGER NOT NULL,
          rule INTEGER NOT NULL,
          key BLOB NOT NULL,
          taken INTEGER NOT NULL,
          overflow INTEGER NOT NULL,
          PRIMARY KEY (record_table, rule, key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE record_changes (
          record_table INTEGER NOT NULL,
          sequence INTEGER NOT NULL,
          id BLOB NOT NULL,
          version INTEGER NOT NULL,
          kind INTEGER NOT NULL,
          at INTEGER NOT NULL,
          PRIMARY KEY (record_table, sequence)
        ) STRICT, WITHOUT ROWID;
        """;
}
