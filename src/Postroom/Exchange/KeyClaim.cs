using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>
/// A key in flight on this node: entered before the work begins, completed after its commit. Whoever comes with the
/// same key meanwhile waits for it or is told to come again.
/// </summary>
internal sealed class KeyClaim(KeyHash key, Fingerprint fingerprint)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public KeyHash Key { get; } = key;

    public Fingerprint Fingerprint { get; } = fingerprint;

    /// <summary>Completes when the work has ended, however it ended: whoever waits looks the key up again.</summary>
    public Task Ended => _ended.Task;

    public void End() => _ended.TrySetResult();
}
