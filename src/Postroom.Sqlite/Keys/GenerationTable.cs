using Postroom.Sqlite.Engine;

namespace Postroom.Sqlite.Keys;

/// <summary>The database's list of generations: what makes a lost file noticed.</summary>
internal static class GenerationTable
{
    /// <summary>Those that are not dropped, the newest first.</summary>
    public static List<GenerationFacts> List(SqliteConnection connection)
    {
        using var select = connection.Prepare(
            """
            SELECT number, first_row, last_row, keys, newest_expiry FROM key_generations
            WHERE dropped = 0 ORDER BY number DESC
            """);
        var all = new List<GenerationFacts>();
        while (select.Step())
        {
            all.Add(new GenerationFacts(
                select.Number(0), select.Number(1), select.Number(2), select.Number(3), select.Number(4)));
        }

        return all;
    }

    /// <summary>
    /// The newest recorded one, dropped or not: its number and the last row it covers; zeros when there is none.
    /// </summary>
    public static (long Number, long LastRow, long? LateRow) Newest(SqliteConnection connection)
    {
        using var select = connection.Prepare(
            "SELECT number, last_row, late_row FROM key_generations ORDER BY number DESC LIMIT 1");
        return select.Step()
            ? (select.Number(0), select.Number(1), select.IsNull(2) ? null : select.Number(2))
            : (0, 0, null);
    }

    /// <summary>Records that a generation's file is there, or is there again.</summary>
    public static void Record(SqliteConnection connection, GenerationFacts facts, long? lateRow)
    {
        using var insert = connection.Prepare(
            """
            INSERT INTO key_generations (number, first_row, last_row, late_row, keys, newest_expiry, dropped)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)
            ON CONFLICT DO UPDATE SET keys = ?5, newest_expiry = ?6
            """);
        insert.Bind(1, facts.Number);
        insert.Bind(2, facts.FirstRow);
        insert.Bind(3, facts.LastRow);
        if (lateRow is { } row)
        {
            insert.Bind(4, row);
        }

        insert.Bind(5, facts.Keys);
        insert.Bind(6, facts.NewestExpiry);
        insert.Run();
    }

    /// <summary>Records that a row came in that the next start would not look for.</summary>
    public static void RecordLate(SqliteConnection connection, long row)
    {
        using var update = connection.Prepare(
            """
            UPDATE key_generations SET late_row = min(coalesce(late_row, ?1), ?1)
            WHERE number = (SELECT max(number) FROM key_generations)
            """);
        update.Bind(1, row);
        update.Run();
    }

    /// <summary>
    /// Records that all keys of a generation have ended. The newest stays on the list: it says where to go on.
    /// </summary>
    public static void Drop(SqliteConnection connection, long number)
    {
        using var drop = connection.Prepare("UPDATE key_generations SET dropped = 1 WHERE number = ?1");
        drop.Bind(1, number);
        drop.Run();
        connection.Execute(
            """
            DELETE FROM key_generations
            WHERE dropped = 1 AND number < (SELECT max(number) FROM key_generations)
            """);
    }
}
