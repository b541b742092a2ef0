using Microsoft.Extensions.Logging;
using Postroom.Sqlite.Engine;

namespace Postroom.Sqlite.Keys;

/// <summary>
/// Brings the index to life when the store opens: from its files where they are whole, else from the entries.
/// </summary>
internal static class KeyStart
{
    /// <summary>Opens the files, makes lost ones again, and reads back what is in none.</summary>
    public static void Load(KeyIndex keys, SqliteConnection connection, string folder, long now, ILogger logger)
    {
        var listed = GenerationTable.List(connection);
        RemoveStray(folder, listed);
        var (number, coveredRow, lateRow) = GenerationTable.Newest(connection);
        var older = listed.Select(facts => Open(connection, folder, facts, now, logger)).ToList();
        var from = keys.Begin(older, number, coveredRow, lateRow);
        KeyScan.Run(connection, from, long.MaxValue, now, keys.Restore);
    }

    /// <summary>A generation's keys, read from the entries between its bounds.</summary>
    public static KeyTable Rebuild(SqliteConnection connection, GenerationFacts facts, long now)
    {
        // Between the bounds lie some keys of its neighbours as well: they are right wherever they are found.
        var table = new KeyTable();
        KeyScan.Run(connection, facts.FirstRow, facts.LastRow, now, (key, row, _) => table.Set(key, row));
        return table;
    }

    private static KeyGeneration Open(
        SqliteConnection connection, string folder, GenerationFacts facts, long now, ILogger logger)
    {
        try
        {
            return SealedKeys.Open(folder, facts);
        }
        catch (KeyFileException failure)
        {
            Log.KeysRebuilt(logger, failure);
            return new FrozenKeys(facts, Rebuild(connection, facts, now));
        }
    }

    // A file that was written but not recorded before the process ended, or half a file.
    private static void RemoveStray(string folder, List<GenerationFacts> listed)
    {
        var known = listed.Select(facts => KeyFile.Path(folder, facts.Number)).ToHashSet();
        foreach (var path in Directory.EnumerateFiles(folder, "keys-*.idx*"))
        {
            if (!known.Contains(path))
            {
                File.Delete(path);
            }
        }
    }
}
