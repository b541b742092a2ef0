using System.Globalization;
using SQLitePCL;

namespace Postroom.Crash.Host;

/// <summary>
/// The smallest durable store there is: one row a commit, the acknowledgement on standard output after it.
/// The crash kit is proved on it, so that a fault of the kit is never blamed on the product.
/// </summary>
internal sealed class RowWriter : IDisposable
{
    private const int RowsBetweenCheckpoints = 40;
    private readonly sqlite3 _database;
    private readonly bool _early;

    private RowWriter(string folder, string mode)
    {
        _early = mode == "early";
        Demand(raw.sqlite3_open(Path.Combine(folder, "rows.db"), out _database));
        Demand(raw.sqlite3_exec(_database, $"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = {(mode == "normal" ? "NORMAL" : "FULL")};
            PRAGMA wal_autocheckpoint = 0;
            CREATE TABLE IF NOT EXISTS entries (
                id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, status INTEGER NOT NULL, answer BLOB NOT NULL);
            """));
    }

    public static int Run(string folder, int count, string[] rest)
    {
        Batteries_V2.Init();
        using var writer = new RowWriter(folder, rest.FirstOrDefault() ?? "honest");
        for (var number = 0; number < count; number++)
        {
            writer.Insert(number);
            if (number % RowsBetweenCheckpoints == RowsBetweenCheckpoints - 1)
            {
                writer.Checkpoint();
            }
        }
        return 0;
    }

    /// <summary>The answer of a row, as the row's number gives it: from one to three database pages long.</summary>
    internal static byte[] Answer(int number)
    {
        var answer = new byte[200 + (number % 7 * 1_500)];
        new Random(number).NextBytes(answer);
        return answer;
    }

    public void Dispose() => raw.sqlite3_close(_database);

    private void Checkpoint() =>
        Demand(raw.sqlite3_wal_checkpoint_v2(_database, null, raw.SQLITE_CHECKPOINT_RESTART, out _, out _));

    private void Insert(int number)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"row-{number:D6}");
        Demand(raw.sqlite3_exec(_database, "BEGIN IMMEDIATE"));
        const string Statement = "INSERT INTO entries (key, status, answer) VALUES (?, 201, ?)";
        Demand(raw.sqlite3_prepare_v2(_database, Statement, out var insert));
        Demand(raw.sqlite3_bind_text(insert, 1, key));
        Demand(raw.sqlite3_bind_blob(insert, 2, Answer(number)));
        Demand(raw.sqlite3_step(insert), raw.SQLITE_DONE);
        insert.Dispose();
        if (_early)
        {
            Acknowledge(key);
        }

        Demand(raw.sqlite3_exec(_database, "COMMIT"));
        if (!_early)
        {
            Acknowledge(key);
        }
    }

    private static void Acknowledge(string key)
    {
        Console.Out.WriteLine(key);
        Console.Out.Flush();
    }

    private static void Demand(int code, int wanted = raw.SQLITE_OK)
    {
        if (code != wanted)
        {
            throw new InvalidOperationException($"SQLite answered {code} instead of {wanted}.");
        }
    }
}
