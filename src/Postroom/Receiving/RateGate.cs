using System.Collections.Concurrent;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;

namespace Postroom.Receiving;

/// <summary>
/// Requests a minute for each client and endpoint: a bucket of tokens that refills steadily. The number of buckets is
/// bounded; when it is reached, full buckets (which say nothing) are dropped, and clients for whom there is still no
/// room share one bucket of their endpoint.
/// </summary>
internal sealed class RateGate(TimeProvider time, int bucketsMax = 100_000) : IItemRates
{
    private const string Everybody = "*";

    // People begin more messages than they send, and a challenge costs next to nothing.
    private const int ChallengesForMessage = 4;

    private static readonly TimeSpan DropPause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<(string Client, string Path), Bucket> _buckets = new();
    private long _droppedAt;
    private int _count;

    public Fault? Judge(PostExchange exchange)
    {
        var plan = exchange.Plan;
        if (LimitOf(plan, exchange.Caller) is not { } limit)
        {
            return null;
        }

        var wait = BucketOf(exchange, limit).Take(limit, time);
        return wait == TimeSpan.Zero
            ? null
            : Exceeded(limit, wait, $"At most {limit} messages a minute are taken from one place. "
                + $"Wait {Seconds(wait)} and send it again.") with { ClosesConnection = true };
    }

    public Fault? Charge(PostExchange exchange, int more)
    {
        if (more == 0 || LimitOf(exchange.Plan, exchange.Caller) is not { } limit)
        {
            return null;
        }

        if (more >= limit)
        {
            return new Fault(FaultCatalogue.LimitExceeded,
                $"The batch has {more + 1} items, and at most {limit} a minute are taken from one place. "
                + "Send smaller ones. The limit is set by `limits.rate`.")
            {
                Limit = new LimitFault("limits.rate", limit),
            };
        }

        var wait = BucketOf(exchange, limit).Take(limit, time, more);
        return wait == TimeSpan.Zero
            ? null
            : Exceeded(limit, wait, $"At most {limit} items a minute are taken from one place. "
                + $"Wait {Seconds(wait)} and send it again.");
    }

    /// <summary>Challenges are counted apart from messages, and more of them are given.</summary>
    public Fault? JudgeChallenge(EndpointPlan plan, Caller caller)
    {
        if (LimitOf(plan, caller) is not { } messages)
        {
            return null;
        }

        var limit = (int)Math.Min(int.MaxValue, (long)messages * ChallengesForMessage);
        var wait = BucketOf(caller.RateKey, "challenge " + plan.Path, limit).Take(limit, time);
        return wait == TimeSpan.Zero
            ? null
            : Exceeded(limit, wait, $"At most {limit} challenges a minute are given to one place. "
                + $"Wait {Seconds(wait)}.");
    }

    private static int? LimitOf(EndpointPlan plan, Caller caller) =>
        plan.IsDevelopment && caller.IsLoopback && !caller.IsForwarded ? null : plan.Declaration.Limits.Rate;

    private static Fault Exceeded(int limit, TimeSpan wait, string message) =>
        new(FaultCatalogue.RateExceeded, message)
        {
            Limit = new LimitFault("limits.rate", limit),
            RetryAfter = wait,
        };

    private static string Seconds(TimeSpan wait) =>
        wait <= TimeSpan.FromSeconds(1) ? "a second" : $"{Math.Ceiling(wait.TotalSeconds)} seconds";

    private Bucket BucketOf(PostExchange exchange, int limit) =>
        BucketOf(exchange.Caller.RateKey, (exchange.Plan.BatchOf ?? exchange.Plan).Path, limit);

    private Bucket BucketOf(string client, string path, int limit)
    {
        if (_buckets.TryGetValue((client, path), out var bucket))
        {
            return bucket;
        }

        if (Volatile.Read(ref _count) >= bucketsMax)
        {
            DropFull();
        }

        var key = Volatile.Read(ref _count) < bucketsMax ? client : Everybody;
        var made = new Bucket(limit, time.GetTimestamp());
        bucket = _buckets.GetOrAdd((key, path), made);
        if (ReferenceEquals(bucket, made))
        {
            Interlocked.Increment(ref _count);
        }

        return bucket;
    }

    /// <summary>Looks at every bucket, so not more often than once a second.</summary>
    private void DropFull()
    {
        var now = time.GetTimestamp();
        var last = Volatile.Read(ref _droppedAt);
        if (last != 0 && time.GetElapsedTime(last, now) < DropPause
            || Interlocked.CompareExchange(ref _droppedAt, now, last) != last)
        {
            return;
        }

        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsFull(time) && _buckets.TryRemove(key, out _))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }

    private sealed class Bucket(int limit, long timestamp)
    {
        private readonly Lock _lock = new();
        private double _tokens = limit;
        private long _filledAt = timestamp;
        private int _limit = limit;

        /// <summary>Takes tokens; zero when there were so many, else how long until there are.</summary>
        public TimeSpan Take(int limit, TimeProvider time, int count = 1)
        {
            lock (_lock)
            {
                _limit = limit;
                Fill(time);
                if (_tokens >= count)
                {
                    _tokens -= count;
                    return TimeSpan.Zero;
                }

                return TimeSpan.FromMinutes((count - _tokens) / limit);
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
