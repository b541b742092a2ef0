namespace Postroom.Tests.Hosts;

/// <summary>Holds whoever comes until the test opens it, and tells the test that somebody came.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>Completes when the first one stands at the gate.</summary>
    public Task Came => _came.Task;

    /// <summary>How many came.</summary>
    public int Count => Volatile.Read(ref _count);

    public async ValueTask PassAsync()
    {
        Interlocked.Increment(ref _count);
        _came.TrySetResult();
        await _open.Task;
    }

    public void Open() => _open.TrySetResult();
}
