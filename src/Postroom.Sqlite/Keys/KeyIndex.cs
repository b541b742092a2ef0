using System.Collections.Immutable;
using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>
/// Which row a key stands for, in generations: the current one in memory, the older ones in files. The writer changes
/// it inside its transaction; anybody reads it at any time.
/// </summary>
internal sealed class KeyIndex(int keysMax, Func<GenerationFacts, KeyTable> rebuild) : IDisposable
{
    // Ids are made before a unit is queued, so rows come a little out of order. Those that come later still are noted.
    private static readonly long s_margin = EntryRows.Of(TimeSpan.FromSeconds(15));

    private readonly Lock _change = new();
    private readonly Lock _repair = new();
    private readonly List<KeyRow> _undo = [];
    private volatile Generations _all = new(new CurrentKeys(), []);
    private long _lastNumber;
    private long _coveredRow;
    private long _coveredAtCommit;
    private long _lateRow = long.MaxValue;

    /// <summary>Wakes whoever writes files, when a generation is full or was made again.</summary>
    public Action? OnFrozen { get; set; }

    /// <summary>Keys held in memory.</summary>
    public long InMemory =>
        _all.Current.Table.Count + _all.Older.OfType<FrozenKeys>().Sum(frozen => frozen.Table.Count);

    /// <summary>Older generations, the newest first.</summary>
    public IReadOnlyList<KeyGeneration> Older => _all.Older;

    /// <summary>The lowest row in this transaction that the next start would not look for; null for none.</summary>
    public long? LateRow => _lateRow == long.MaxValue ? null : _lateRow;

    /// <summary>
    /// The row of the newest entry with the key, or 0. The row may not be committed yet, or may have expired: whoever
    /// asks reads it.
    /// </summary>
    public long Find(KeyHash key)
    {
        var all = _all;
        var row = all.Current.Table.Find(key);
        return row != 0 || all.Older.IsEmpty ? row : FindOlder(all.Older, new KeyProbe(key));
    }

    /// <summary>
    /// Begins with what was stored: the generations that were sealed, newest first, and where they end.
    /// </summary>
    /// <returns>The row from which keys must be read back from the entries.</returns>
    public long Begin(IEnumerable<KeyGeneration> older, long newestNumber, long coveredRow, long? lateRow)
    {
        _all = new Generations(new CurrentKeys(), [.. older]);
        _lastNumber = newestNumber;
        _coveredRow = coveredRow;
        _coveredAtCommit = coveredRow;
        return Math.Min(coveredRow - s_margin, lateRow ?? long.MaxValue);
    }

    /// <summary>Takes in a stored key at the start, unless an older generation has it already.</summary>
    public void Restore(KeyHash key, long row, long expiresAt)
    {
        if (FindOlder(_all.Older, new KeyProbe(key)) != row)
        {
            _all.Current.Set(key, row, expiresAt);
        }
    }

    /// <summary>Makes the key stand for a row, until <see cref="Rollback"/>.</summary>
    public void Set(KeyHash key, long row, long expiresAt)
    {
        _undo.Add(new KeyRow(key, _all.Current.Set(key, row, expiresAt)));
        if (row < _coveredAtCommit - s_margin)
        {
            _lateRow = Math.Min(_lateRow, row);
        }
    }

    /// <summary>Keeps what was set; a full generation is frozen.</summary>
    public void Commit()
    {
        _undo.Clear();
        _lateRow = long.MaxValue;
        _coveredRow = _coveredAtCommit;
        if (_all.Current.Table.Count >= keysMax)
        {
            Freeze();
        }
    }

    /// <summary>Undoes what was set since the last commit.</summary>
    public void Rollback()
    {
        for (var i = _undo.Count - 1; i >= 0; i--)
        {
            _all.Current.Table.Set(_undo[i].Key, _undo[i].Row);
        }

        _undo.Clear();
        _lateRow = long.MaxValue;
        _coveredAtCommit = _coveredRow;
    }

    /// <summary>
    /// Says that a generation's file is recorded. What came after it and lies before the row that the next start goes
    /// on from is late. Only the writer calls it, in the transaction that records it.
    /// </summary>
    /// <returns>The lowest such row, or null.</returns>
    public long? Recorded(GenerationFacts facts)
    {
        _coveredAtCommit = Math.Max(_coveredRow, facts.LastRow);
        var all = _all;
        var first = all.Older
            .Where(generation => generation.Facts.Number > facts.Number)
            .Select(generation => generation.Facts.FirstRow)
            .Append(all.Current.FirstRow)
            .Min();
        return first < _coveredAtCommit - s_margin ? first : null;
    }

    /// <summary>Puts one form of a generation in the place of another, or nothing.</summary>
    public void Replace(KeyGeneration before, KeyGeneration? after)
    {
        lock (_change)
        {
            var index = _all.Older.IndexOf(before);
            if (index >= 0)
            {
                var older = after is null ? _all.Older.RemoveAt(index) : _all.Older.SetItem(index, after);
                _all = _all with { Older = older };
            }
        }
    }

    public void Dispose()
    {
        foreach (var sealedKeys in _all.Older.OfType<SealedKeys>())
        {
            sealedKeys.Dispose();
        }
    }

    private void Freeze()
    {
        lock (_change)
        {
            var current = _all.Current;
            var frozen = new FrozenKeys(current.Facts(++_lastNumber), current.Table);
            _all = new Generations(new CurrentKeys(), _all.Older.Insert(0, frozen));
        }

        OnFrozen?.Invoke();
    }

    private long FindOlder(ImmutableArray<KeyGeneration> older, in KeyProbe probe)
    {
        foreach (var generation in older)
        {
            if (FindIn(generation, probe) is var row and not 0)
            {
                return row;
            }
        }

        return 0;
    }

    private long FindIn(KeyGeneration generation, in KeyProbe probe)
    {
        try
        {
            return generation.Find(probe);
        }
        catch (ObjectDisposedException)
        {
            // Dropped this moment: all its keys have ended.
            return 0;
        }
        catch (KeyFileException)
        {
            return Repair(generation).Find(probe);
        }
    }

    private KeyGeneration Repair(KeyGeneration damaged)
    {
        lock (_repair)
        {
            var now = _all.Older.FirstOrDefault(generation => generation.Facts.Number == damaged.Facts.Number);
            if (now is null || !ReferenceEquals(now, damaged))
            {
                return now ?? new FrozenKeys(damaged.Facts, new KeyTable());
            }

            var again = new FrozenKeys(damaged.Facts, rebuild(damaged.Facts));
            Replace(damaged, again);
            (damaged as IDisposable)?.Dispose();
            OnFrozen?.Invoke();
            return again;
        }
    }

    private sealed record Generations(CurrentKeys Current, ImmutableArray<KeyGeneration> Older);
}
