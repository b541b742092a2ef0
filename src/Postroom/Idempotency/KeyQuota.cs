using System.Collections.Concurrent;
using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Idempotency;

/// <summary>Row 29: how many fresh keys one anonymous client may have kept in an hour.</summary>
internal sealed class KeyQuota(TimeProvider time)
{
    private const int ClientsMax = 100_000;
    private readonly ConcurrentDictionary<(string Client, string Path), Count> _counts = new();
    private long _hour;

    public Fault? Judge(PostExchange exchange)
    {
        if (exchange.KeySource is KeySource.None or KeySource.Content || !exchange.Caller.IsAnonymous
            || exchange.Plan.Declaration.Limits.Keys is not { } limit
            || exchange.Plan.IsDevelopment && exchange.Caller is { IsLoopback: true, IsForwarded: false })
        {
            return null;
        }

        var now = time.GetUtcNow();
        StartHour(now.ToUnixTimeSeconds() / 3600);
        var count = _counts.GetOrAdd((exchange.Caller.RateKey, exchange.Plan.Path), _ => new Count());
        if (count.Next() <= limit)
        {
            return null;
        }

        return new Fault(FaultCatalogue.KeysExceeded,
            $"At most {limit} new keys an hour are kept for one client. Wait and send it again.")
        {
            Limit = new LimitFault("limits.keys", limit),
            RetryAfter = TimeSpan.FromSeconds(3600 - (now.ToUnixTimeSeconds() % 3600)),
        };
    }

    private void StartHour(long hour)
    {
        if (Interlocked.Exchange(ref _hour, hour) != hour || _counts.Count > ClientsMax)
        {
            _counts.Clear();
        }
    }

    private sealed class Count
    {
        private int _value;

        public int Next() => Interlocked.Increment(ref _value);
    }
}
