namespace Postroom.Endpoints.Uploads;

/// <summary>One request's time with an upload: it ends when a newer request comes, at the latest with itself.</summary>
internal sealed class UploadTurn(Action<UploadTurn> left) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? _interrupt;

    /// <summary>True once a newer request has come.</summary>
    public bool IsOver { get; private set; }

    /// <summary>False when an older request did not let go in time: it may still write.</summary>
    public bool IsAlone { get; set; } = true;

    /// <summary>Completes when the request has let go of the upload.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Has this done when a newer request comes; at once when one has.</summary>
    public void OnInterrupt(Action interrupt)
    {
        lock (_lock)
        {
            if (!IsOver)
            {
                _interrupt = interrupt;
                return;
            }
        }

        interrupt();
    }

    /// <summary>Tells the request that a newer one has come.</summary>
    public void Interrupt()
    {
        Action? interrupt;
        lock (_lock)
        {
            IsOver = true;
            interrupt = _interrupt;
            _interrupt = null;
        }

        interrupt?.Invoke();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _interrupt = null;
        }

        left(this);
        _ended.TrySetResult();
    }
}
