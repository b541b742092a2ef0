using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>Which row a key stands for. The writer changes it inside its transaction; anybody reads it at any time.</summary>
internal sealed class KeyIndex
{
    private readonly List<KeyRow> _undo = [];
    private readonly KeyTable _current = new();

    /// <summary>
    /// The row of the newest entry with the key, or 0. The row may not be committed yet, or may have expired: whoever
    /// asks reads it.
    /// </summary>
    public long Find(KeyHash key) => _current.Find(key);

    /// <summary>Keys held in memory.</summary>
    public long InMemory => _current.Count;

    /// <summary>Takes in the keys that are stored and have not expired.</summary>
    public void Load(SqliteConnection connection, long now)
    {
        using var scan = connection.Prepare("SELECT row, key FROM entries WHERE key IS NOT NULL AND expires_at > ?1");
        scan.Bind(1, now);
        while (scan.Step())
        {
            _current.Set(KeyHash.Read(scan.Bytes(1)), scan.Number(0));
        }
    }

    /// <summary>Makes the key stand for a row, until <see cref="Rollback"/>.</summary>
    public void Set(KeyHash key, long row, long expiresAt) => _undo.Add(new KeyRow(key, _current.Set(key, row)));

    /// <summary>Keeps what was set.</summary>
    public void Commit() => _undo.Clear();

    /// <summary>Undoes what was set since the last commit.</summary>
    public void Rollback()
    {
        for (var i = _undo.Count - 1; i >= 0; i--)
        {
            _current.Restore(_undo[i].Key, _undo[i].Row);
        }

        _undo.Clear();
    }
}
