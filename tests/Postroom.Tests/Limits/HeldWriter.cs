using Postroom.Sqlite;

namespace Postroom.Tests.Limits;

/// <summary>Holds the store's writer at the beginning of a batch, as a slow disk would, until a test lets it go.</summary>
internal sealed class HeldWriter : IStoreProbe, IDisposable
{
    private readonly ManualResetEventSlim _free = new(true);
    private readonly SemaphoreSlim _begun = new(0);
    private readonly SemaphoreSlim _queued = new(0);

    public void Reached(string point)
    {
        if (point == StorePoints.UnitQueued)
        {
            _queued.Release();
        }
        else if (point == StorePoints.BatchBegun && !_free.IsSet)
        {
            _begun.Release();
            _free.Wait();
        }
    }

    /// <summary>From now on the writer stops when it begins.</summary>
    public void Hold() => _free.Reset();

    /// <summary>Completes when the writer stands.</summary>
    public Task BegunAsync() => _begun.WaitAsync();

    /// <summary>Completes when one more unit has been queued.</summary>
    public Task QueuedAsync() => _queued.WaitAsync();

    public void LetGo() => _free.Set();

    public void Dispose()
    {
        LetGo();
        _free.Dispose();
        _begun.Dispose();
        _queued.Dispose();
    }
}
