using System.Globalization;
using Postroom.Sqlite.Backups;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Schema;

namespace Postroom.Sqlite.Verifying;

/// <summary>
/// Checks a whole data folder, beside a running server or without one, and changes nothing. It reads one moment, so
/// the server's log starts over only when it has ended; nobody waits for it.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="deep">Whether to read the bytes of all files as well.</param>
/// <param name="time">Says which files are old enough to be orphans.</param>
internal sealed class StoreVerification(string folder, bool deep, TimeProvider time)
{
    private const int ProblemsMax = 20;

    /// <summary>Whether files are not in the data folder; then they are counted and not looked at.</summary>
    public bool FilesAreElsewhere { get; init; }

    private readonly FindingList _findings = new();
    private IReadOnlyList<EntriesOf> _entries = [];
    private long _files;

    /// <summary>Runs every check that the state of the database allows.</summary>
    /// <exception cref="StoreStartException">There is no store, or it is of another version.</exception>
    public VerifiedStore Run()
    {
        using var source = StoreSource.Open(folder);
        try
        {
            using var moment = source.Connect();
            using var present = source.Connect();
            if (SchemaMigrator.Check(moment, Migrations.All) < Migrations.All.Count)
            {
                throw new StoreStartException(
                    "The database is of an older Postroom. Start the server once: it brings the database to this "
                    + "version.");
            }

            Check(moment, present, source.Folder);
        }
        catch (SqliteException failure)
        {
            _findings.Add(FindingKind.Damaged, failure.EngineMessage);
        }

        return new VerifiedStore(_entries, _files, _findings.ToFindings());
    }

    private void Check(SqliteConnection moment, SqliteConnection present, string path)
    {
        moment.Execute("BEGIN");
        if (!IsWhole(moment))
        {
            // What follows would only say in many words that the database is damaged.
            return;
        }

        _entries = new EntryCheck(moment, _findings).Run();
        FindWithoutEntry(moment);
        var files = new FileCheck(moment, present, path, deep, _findings);
        if (FilesAreElsewhere)
        {
            _files = files.Count();
        }
        else
        {
            _files = files.RunOverRows();
            files.RunOverFolder(time.GetUtcNow());
        }

        files.RunOverKeys();
        moment.Execute("ROLLBACK");
    }

    private bool IsWhole(SqliteConnection connection)
    {
        using var check = connection.Prepare(string.Create(
            CultureInfo.InvariantCulture, $"PRAGMA integrity_check({ProblemsMax})"));
        var isWhole = true;
        while (check.Step())
        {
            if (check.Text(0) is { } verdict && verdict != "ok")
            {
                isWhole = false;
                _findings.Add(FindingKind.Damaged, verdict);
            }
        }

        return isWhole;
    }

    private void FindWithoutEntry(SqliteConnection connection)
    {
        // What is left of a deleted entry is its key alone.
        Find(connection, FindingKind.Answer,
            """
            SELECT 'row ' || a.row FROM answers a LEFT JOIN entries e ON e.row = a.row AND e.state < 4
            WHERE e.row IS NULL
            """);
        Find(connection, FindingKind.Job,
            """
            SELECT 'job ' || j.number || ' ' || j.name FROM jobs j
            LEFT JOIN entries e ON e.row = j.entry_row AND e.id = j.entry AND e.state < 4
            WHERE e.row IS NULL
            """);
        Find(connection, FindingKind.Body,
            """
            SELECT 'row ' || b.row FROM bodies b LEFT JOIN entries e ON e.row = b.row AND e.state < 4
            WHERE e.row IS NULL
            """);
        Find(connection, FindingKind.NoBody,
            """
            SELECT 'row ' || e.row || ' ' || e.endpoint FROM entries e LEFT JOIN bodies b ON b.row = e.row
            WHERE e.state = 1 AND e.reason LIKE 'refused:%' AND b.row IS NULL
            """);
        Find(connection, FindingKind.FileRow,
            """
            SELECT 'row ' || f.entry_row || ' ' || f.field FROM entry_files f
            LEFT JOIN entries e ON e.row = f.entry_row AND e.state < 4
            WHERE e.row IS NULL
            """);
    }

    private void Find(SqliteConnection connection, FindingKind kind, string sql)
    {
        using var select = connection.Prepare(sql);
        while (select.Step())
        {
            _findings.Add(kind, select.Text(0)!);
        }
    }
}
