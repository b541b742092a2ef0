using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>
/// Sums by span and endpoint, so that counts need not read every entry, and retention finds its rows without an index
/// that every arrival would pay for. They are kept in memory while a span is written to and flushed with each commit.
/// </summary>
internal sealed class EntrySpans(SqliteConnection connection) : IDisposable
{
    private const int KeptMax = 4096;

    private readonly Dictionary<(long Number, string Endpoint), EntrySpan> _spans = [];
    private readonly List<EntrySpan> _dirty = [];
    private EntrySpan? _last;
    private long _versions;

    private readonly SqliteStatement _load = connection.Prepare(
        """
        SELECT stored, held, refused, running, bytes, oldest, next_expiry FROM entry_spans
        WHERE span = ?1 AND endpoint = ?2
        """);

    private readonly SqliteStatement _save = connection.Prepare(
        """
        INSERT INTO entry_spans (span, endpoint, stored, held, refused, running, bytes, oldest, next_expiry)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT DO UPDATE SET stored = ?3, held = ?4, refused = ?5, running = ?6, bytes = ?7, oldest = ?8,
          next_expiry = ?9
        """);

    private readonly SqliteStatement _remove =
        connection.Prepare("DELETE FROM entry_spans WHERE span = ?1 AND endpoint = ?2");

    public void Added(Entry entry)
    {
        var span = Change(entry.Id.Row, entry.Endpoint);
        span.Version = ++_versions;
        span.Count(entry.State)++;
        span.Bytes += entry.Bytes;
        span.Oldest = Math.Min(span.Oldest, entry.ReceivedAt);
        if (!entry.Key.IsEmpty)
        {
            span.Expires(entry.ExpiresAt);
        }
    }

    public void Moved(EntryFacts facts, EntryState state)
    {
        var span = Change(facts.Id.Row, facts.Endpoint);
        span.Count(facts.State)--;
        span.Count(state)++;
    }

    public void Removed(EntryFacts facts)
    {
        var span = Change(facts.Id.Row, facts.Endpoint);
        span.Count(facts.State)--;
        span.Bytes -= facts.Bytes;
    }

    public void Resized(EntryFacts facts, long bytes) =>
        Change(facts.Id.Row, facts.Endpoint).Bytes += bytes - facts.Bytes;

    /// <summary>The span as it is now, to be given to <see cref="Bound"/> later.</summary>
    public SpanVersion Version(long number, string endpoint) => new(number, endpoint, Get(number, endpoint).Version);

    /// <summary>
    /// Sets the bounds that a pass over the span's entries found, unless something arrived since the version was asked
    /// for; null where nothing is left to clear or to delete.
    /// </summary>
    public SpanVersion Bound(SpanVersion version, long? oldest, long? nextExpiry)
    {
        if (Version(version.Number, version.Endpoint) == version)
        {
            var span = Change(version.Number << EntryRows.SpanBits, version.Endpoint);
            span.Oldest = oldest ?? long.MaxValue;
            span.NextExpiry = nextExpiry;
        }

        return version;
    }

    /// <summary>Writes what changed, as the last part of the transaction.</summary>
    public void Flush()
    {
        foreach (var span in _dirty)
        {
            Save(span);
            span.IsDirty = false;
        }

        _dirty.Clear();
        if (_spans.Count > KeptMax)
        {
            Forget();
        }
    }

    /// <summary>After a rollback: what is in memory may not be what is stored, so it is read again.</summary>
    public void Forget()
    {
        _spans.Clear();
        _dirty.Clear();
        _last = null;
    }

    public void Dispose()
    {
        _load.Dispose();
        _save.Dispose();
        _remove.Dispose();
    }

    private EntrySpan Change(long row, string endpoint)
    {
        var number = EntryRows.SpanOf(row);
        var span = _last;
        if (span is null || span.Number != number || span.Endpoint != endpoint)
        {
            span = Get(number, endpoint);
            _last = span;
        }

        if (!span.IsDirty)
        {
            span.IsDirty = true;
            _dirty.Add(span);
        }

        return span;
    }

    private EntrySpan Get(long number, string endpoint)
    {
        if (!_spans.TryGetValue((number, endpoint), out var span))
        {
            span = Load(number, endpoint);
            _spans.Add((number, endpoint), span);
        }

        return span;
    }

    private EntrySpan Load(long number, string endpoint)
    {
        var span = new EntrySpan(number, endpoint) { Version = ++_versions };
        _load.Bind(1, number);
        _load.BindText(2, endpoint);
        if (_load.Step())
        {
            for (var state = 0; state < 4; state++)
            {
                span.Count((EntryState)state) = _load.Number(state);
            }

            span.Bytes = _load.Number(4);
            span.Oldest = _load.Number(5);
            span.NextExpiry = _load.IsNull(6) ? null : _load.Number(6);
        }

        _load.Reset();
        return span;
    }

    private void Save(EntrySpan span)
    {
        var statement = IsEmpty(span) ? _remove : _save;
        statement.Bind(1, span.Number);
        statement.BindText(2, span.Endpoint);
        if (statement == _save)
        {
            BindSums(span);
        }

        statement.Run();
    }

    private void BindSums(EntrySpan span)
    {
        for (var state = 0; state < 4; state++)
        {
            _save.Bind(3 + state, span.Count((EntryState)state));
        }

        _save.Bind(7, span.Bytes);
        _save.Bind(8, span.Oldest);
        if (span.NextExpiry is { } next)
        {
            _save.Bind(9, next);
        }
        else
        {
            _save.BindNull(9);
        }
    }

    private static bool IsEmpty(EntrySpan span)
    {
        var count = 0L;
        for (var state = 0; state < 4; state++)
        {
            count += span.Count((EntryState)state);
        }

        // A deleted entry whose key is kept counts nowhere, but its key still ends one day.
        return count == 0 && span.NextExpiry is null;
    }
}
