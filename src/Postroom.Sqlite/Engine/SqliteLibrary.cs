using SQLitePCL;

namespace Postroom.Sqlite.Engine;

/// <summary>The native library of this process.</summary>
internal static class SqliteLibrary
{
    /// <summary>
    /// The first release in which two connections cannot lose writes at a WAL reset (fixed upstream in 3.51.3).
    /// </summary>
    public const int WalResetFixed = 3_051_003;

    static SqliteLibrary()
    {
        Batteries_V2.Init();

        // Counting every allocation takes a global mutex, and nobody reads the counts.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        raw.sqlite3_initialize();
    }

    /// <summary>The version as a number, such as 3050004.</summary>
    public static int VersionNumber => raw.sqlite3_libversion_number();

    /// <summary>The version as text, such as 3.50.4.</summary>
    public static string Version => raw.sqlite3_libversion().utf8_to_string();

    /// <summary>Loads the library. Safe to call often.</summary>
    public static void Load()
    {
        // The static constructor does it.
    }
}
