using SQLitePCL;

namespace Postroom.Sqlite.Engine;

/// <summary>What SQLite's codes mean for a commit.</summary>
internal static class SqliteCodes
{
    /// <summary>The disk, the memory or the file itself failed: nothing that a statement said.</summary>
    public static bool IsOfTheDisk(int code) => IsBroken(code) || IsFull(code) || IsBusy(code);

    /// <summary>Nobody can say what is on the disk: nothing may be acknowledged from here on.</summary>
    public static bool IsBroken(int code) => (code & 0xFF)
        is raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY
        or raw.SQLITE_PERM or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_NOLFS;

    /// <summary>There is no space.</summary>
    public static bool IsFull(int code) => (code & 0xFF) is raw.SQLITE_FULL;

    /// <summary>Somebody else writes to the file, such as a person with a command-line tool.</summary>
    public static bool IsBusy(int code) => (code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;
}
