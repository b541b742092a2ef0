using System.Collections.Concurrent;
using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Receiving;

/// <summary>
/// Requests a minute for each client and endpoint: a bucket of tokens that refills steadily. The number of buckets is
/// bounded; when it is reached, full buckets (which say nothing) are dropped.
/// </summary>
internal sealed class RateGate(TimeProvider time)
{
    private const int BucketsMax = 100_000;
    private readonly ConcurrentDictionary<(string Client, string Path), Bucket> _buckets = new();

    public Fault? Judge(PostExchange exchange)
    {
        var caller = exchange.Caller;
        if (exchange.Plan.Declaration.Limits.Rate is not { } limit
            || exchange.Plan.IsDevelopment && caller.IsLoopback && !caller.IsForwarded)
        {
            return null;
        }

        if (_buckets.Count >= BucketsMax)
        {
            DropFull();
        }

        var bucket = _buckets.GetOrAdd((caller.RateKey, exchange.Plan.Path), _ => new Bucket(limit, time.GetTimestamp()));
        var wait = bucket.Take(limit, time);
        return wait == TimeSpan.Zero
            ? null
            : new Fault(FaultCatalogue.RateExceeded,
                $"At most {limit} messages a minute are taken from one place. "
                + $"Wait {Math.Ceiling(wait.TotalSeconds)} seconds and send it again.")
            {
                Limit = new LimitFault("limits.rate", limit),
                RetryAfter = wait,
                ClosesConnection = true,
            };
    }

    private void DropFull()
    {
        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsFull(time))
            {
                _buckets.TryRemove(key, out _);
            }
        }
    }

    private sealed class Bucket(int limit, long timestamp)
    {
        private readonly Lock _lock = new();
        private double _tokens = limit;
        private long _filledAt = timestamp;
        private int _limit = limit;

        /// <summary>Takes a token; zero when there was one, else how long until there is.</summary>
        public TimeSpan Take(int limit, TimeProvider time)
        {
            lock (_lock)
            {
                _limit = limit;
                Fill(time);
                if (_tokens >= 1)
                {
                    _tokens--;
                    return TimeSpan.Zero;
                }

                return TimeSpan.FromMinutes((1 - _tokens) / limit);
            }
        }

        public bool IsFull(TimeProvider time)
        {
            lock (_lock)
            {
                Fill(time);
                return _tokens >= _limit;
            }
        }

        private void Fill(TimeProvider time)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(_limit, _tokens + (time.GetElapsedTime(_filledAt, now).TotalMinutes * _limit));
            _filledAt = now;
        }
    }
}
