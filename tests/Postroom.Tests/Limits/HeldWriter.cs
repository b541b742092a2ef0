using Postroom.Sqlite;

namespace Postroom.Tests.Limits;

/// <summary>Holds the store's writer at the beginning of a batch, as a slow disk would, until a test lets it go.</summary>
internal sealed class HeldWriter : IStoreProbe, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
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
    public Task BegunAsync() => WaitAsync(_begun);

    /// <summary>Completes when one more unit has been queued.</summary>
    public Task QueuedAsync() => WaitAsync(_queued);

    public void LetGo() => _free.Set();

    private async Task WaitAsync(SemaphoreSlim reached)
    {
        if (!await reached.WaitAsync(Patience))
        {
            LetGo();
            throw new TimeoutException("The store's writer was not reached.");
        }
    }

    public void Dispose()
    {
        LetGo();
        _free.Dispose();
        _begun.Dispose();
        _queued.Dispose();
    }
}
