namespace Postroom.Postgres.Tests.Engine;

/// <summary>How a connection is lost: its node hears nothing more, and the server gets a part of what was sent.</summary>
/// <param name="forwarded">So many bytes of what was sent last reach the server.</param>
internal sealed class ConnectionLoss(int forwarded)
{
    private readonly TaskCompletionSource _delivered = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Forwarded { get; } = forwarded;

    /// <summary>When the part may reach the server: at once, unless it is held.</summary>
    public Task Delivered => _delivered.Task;

    /// <summary>Lets the server have its part, and waits until it has read it and gone.</summary>
    public Task DeliverAsync()
    {
        _delivered.TrySetResult();
        return _ended.Task;
    }

    public void End() => _ended.TrySetResult();
}
