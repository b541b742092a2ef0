using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Postroom.Exchange;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Endpoints.Resources.Changes;

/// <summary>
/// Wakes those who follow changes: after each commit of this process, and, since other nodes and the sweep of held
/// records commit as well, by looking every two seconds. Where nobody follows, a commit costs one look at a field.
/// </summary>
internal sealed partial class ChangeWatches(IPostStore store, TimeProvider time, ILogger<ChangeWatches> logger)
    : IChangeSignal, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private volatile ImmutableDictionary<string, ChangeWatch> _watches = ImmutableDictionary<string, ChangeWatch>.Empty;
    private ITimer? _timer;
    private int _looks;

    /// <summary>True when nobody follows anything.</summary>
    public bool IsIdle => _watches.IsEmpty;

    public void Committed(IReadOnlyList<Write> writes)
    {
        var watches = _watches;
        if (watches.IsEmpty)
        {
            return;
        }

        ChangeWatch? told = null;
        foreach (var write in writes)
        {
            if (TableOf(write) is { } table && watches.TryGetValue(table.Endpoint, out var watch) && watch != told)
            {
                watch.Pulse();
                told = watch;
            }
        }
    }

    /// <summary>Begins to watch a table; <see cref="Leave"/> ends it.</summary>
    public ChangeWatch Follow(RecordTable table)
    {
        lock (_lock)
        {
            var watch = _watches.GetValueOrDefault(table.Endpoint) ?? new ChangeWatch(table);
            watch.Table = table;
            watch.Followers++;
            _watches = _watches.SetItem(table.Endpoint, watch);
            _timer ??= time.CreateTimer(_ => Look(), null, Pause, Pause);
            return watch;
        }
    }

    public void Leave(ChangeWatch watch)
    {
        lock (_lock)
        {
            if (--watch.Followers > 0)
            {
                return;
            }

            _watches = _watches.Remove(watch.Table.Endpoint);
            if (_watches.IsEmpty)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    public void Dispose() => _timer?.Dispose();

    private static RecordTable? TableOf(Write write) => write switch
    {
        InsertRecord insert => insert.Table,
        ReplaceRecord replace => replace.Table,
        DeleteRecord delete => delete.Table,
        _ => null,
    };

    private void Look()
    {
        // A store that answers slowly is not asked again meanwhile.
        if (Interlocked.Exchange(ref _looks, 1) == 1)
        {
            return;
        }

        try
        {
            using var reader = store.Read();
            foreach (var watch in _watches.Values)
            {
                var last = reader.LastChange(watch.Table);
                if (last != watch.Last)
                {
                    watch.Last = last;
                    watch.Pulse();
                }
            }
        }
        catch (Exception exception)
        {
            Log.LookFailed(logger, exception);
        }
        finally
        {
            Volatile.Write(ref _looks, 0);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(308, LogLevel.Warning,
            "Looking for changes of records failed. It is tried again in two seconds.")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}
