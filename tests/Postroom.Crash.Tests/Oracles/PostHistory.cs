using System.Collections.Concurrent;

namespace Postroom.Crash.Tests.Oracles;

/// <summary>What the clients sent and were told, with moments of CLOCK_MONOTONIC. Safe for many threads.</summary>
internal sealed class PostHistory
{
    private readonly ConcurrentDictionary<string, long> _sent = new();
    private readonly ConcurrentDictionary<string, Acknowledgement> _acknowledged = new();

    public IReadOnlyDictionary<string, long> Sent => _sent;
    public IReadOnlyDictionary<string, Acknowledgement> Acknowledged => _acknowledged;

    /// <summary>Called before the first byte leaves; a retry keeps the first moment.</summary>
    public void Send(string key, long moment) => _sent.TryAdd(key, moment);

    /// <summary>Called after the answer's last byte came; a replay keeps the first answer.</summary>
    public void Acknowledge(Acknowledgement acknowledgement) =>
        _acknowledged.TryAdd(acknowledgement.Key, acknowledgement);

    /// <summary>What there is of this history when time ends at that moment: a crash undoes what came later.</summary>
    public PostHistory Before(long moment)
    {
        var history = new PostHistory();
        foreach (var (key, sent) in _sent.Where(entry => entry.Value < moment))
        {
            history.Send(key, sent);
        }

        foreach (var acknowledgement in _acknowledged.Values.Where(entry => entry.Moment < moment))
        {
            history.Acknowledge(acknowledgement);
        }

        return history;
    }
}
