namespace Postroom.Sqlite;

/// <summary>Puts a failure of the disk where a test wants it.</summary>
internal interface IStoreFault
{
    /// <summary>The SQLite code that the commit ends with instead of being tried, or 0 for none.</summary>
    int AtCommit();

    /// <summary>The SQLite code that the checkpoint ends with instead of being tried, or 0 for none.</summary>
    int AtCheckpoint();
}
