using System.Diagnostics;
using System.Text;
using Postroom.Load.Wire;

namespace Postroom.Load.Driving;

/// <summary>
/// One thread, one epoll set. Closed loop: each connection sends its next request when the last is answered. Open loop:
/// request i is due at start + i/rate whatever the server does, and its latency counts from then, so a stall is charged
/// to every request that it kept waiting and not only to the one in flight.
/// </summary>
internal sealed class LoadLoop : IDisposable
{
    private const int Created = 201;

    private readonly IReadOnlyList<int> _ports;
    private readonly RequestStream _requests;
    private readonly AcknowledgedSet _acknowledged;
    private readonly Connection[] _connections;
    private readonly int[] _idle;
    private readonly Poll _poll = new();
    private int _idleCount;

    private readonly LoadPlan _plan;
    private Latencies _latencies = new(0);
    private double _ticksPerRequest;
    private long _startedAt;
    private long _endsAt;
    private long _begun;
    private long _inTime;
    private long _created;
    private long _refused;
    private long _broken;
    private string? _firstRefusal;

    internal LoadLoop(int port, RequestStream requests, AcknowledgedSet acknowledged, LoadPlan plan)
        : this([port], requests, acknowledged, plan)
    {
    }

    /// <summary>Connections take the ports in turn.</summary>
    internal LoadLoop(
        IReadOnlyList<int> ports, RequestStream requests, AcknowledgedSet acknowledged, LoadPlan plan)
    {
        _ports = ports;
        _requests = requests;
        _acknowledged = acknowledged;
        _plan = plan;
        _connections = new Connection[plan.Connections];
        _idle = new int[plan.Connections];
        for (var index = 0; index < _connections.Length; index++)
        {
            _connections[index] = new Connection();
            Connect(index);
            _idle[_idleCount++] = index;
        }
    }

    internal LoadResult Run()
    {
        Begin();
        var drainEndsAt = _endsAt + ToTicks(_plan.DrainLimit);
        while (true)
        {
            var now = Stopwatch.GetTimestamp();
            var nextDue = SendDue(now);
            if (nextDue == long.MaxValue && _idleCount == _connections.Length)
            {
                break;
            }

            if (now >= drainEndsAt)
            {
                break;
            }

            var wakeAt = Math.Min(nextDue, drainEndsAt);
            ReceiveReady(_poll.Wait(Math.Max(0, ToNanoseconds(wakeAt - now))));
        }

        return End();
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        _poll.Dispose();
    }

    private void Begin()
    {
        var expectedRate = _plan.Rate > 0 ? _plan.Rate : 100_000;
        var expected = Math.Min(expectedRate * _plan.Duration.TotalSeconds, 20_000_000) + 1024;
        _latencies = new Latencies((int)Math.Min(expected, _plan.MaximumRequests));
        _ticksPerRequest = _plan.Rate > 0 ? Stopwatch.Frequency / _plan.Rate : 0;
        _startedAt = Stopwatch.GetTimestamp();
        _endsAt = _startedAt + ToTicks(_plan.Duration);
    }

    /// <summary>Sends all that is due and can be sent; returns when the next is due, or never.</summary>
    private long SendDue(long now)
    {
        while (true)
        {
            var due = DueAt(now);
            if (due == long.MaxValue || due > now)
            {
                return due;
            }

            if (_idleCount == 0)
            {
                // A connection that becomes free wakes the loop; the arrival keeps its own time until then.
                return now + Stopwatch.Frequency;
            }

            Send(_idle[--_idleCount], due);
        }
    }

    private long DueAt(long now)
    {
        if (_begun >= _plan.MaximumRequests)
        {
            return long.MaxValue;
        }

        var due = _ticksPerRequest > 0 ? _startedAt + (long)(_begun * _ticksPerRequest) : now;
        return due >= _endsAt ? long.MaxValue : due;
    }

    private void Send(int index, long due)
    {
        _begun++;
        var connection = _connections[index];
        if (!connection.TrySend(_requests, _acknowledged.Take(), due))
        {
            Reconnect(index);
        }
    }

    private void ReceiveReady(int ready)
    {
        for (var position = 0; position < ready; position++)
        {
            var index = _poll.IndexAt(position);
            var connection = _connections[index];
            switch (connection.Receive(out var status))
            {
                case AnswerState.Complete:
                    Finish(connection, status);
                    Next(index);
                    break;
                case AnswerState.Malformed:
                case AnswerState.Closed:
                    Reconnect(index);
                    break;
                default:
                    break;
            }
        }
    }

    private void Finish(Connection connection, int status)
    {
        var now = Stopwatch.GetTimestamp();
        _latencies.Add(now - connection.IntendedAt);
        if (status != Created)
        {
            _refused++;
            _firstRefusal ??= Encoding.UTF8.GetString(connection.Received);
            return;
        }

        _acknowledged.Acknowledge(connection.Sequence);
        _created++;
        if (now < _endsAt)
        {
            _inTime++;
        }
    }

    private void Next(int index)
    {
        var now = Stopwatch.GetTimestamp();
        var due = DueAt(now);
        if (due <= now)
        {
            Send(index, due);
        }
        else
        {
            _idle[_idleCount++] = index;
        }
    }

    private void Reconnect(int index)
    {
        if (_connections[index].InFlight)
        {
            _broken++;
            _acknowledged.LoseSightOf();
            _idle[_idleCount++] = index;
        }

        _connections[index].Close();
        Connect(index);
    }

    private void Connect(int index)
    {
        _connections[index].Open(_ports[index % _ports.Count]);
        _poll.Watch(_connections[index].Descriptor, index);
    }

    private LoadResult End()
    {
        foreach (var connection in _connections.Where(connection => connection.InFlight))
        {
            _broken++;
            _acknowledged.LoseSightOf();
        }

        var due = _ticksPerRequest > 0 ? (long)Math.Ceiling((_endsAt - _startedAt) / _ticksPerRequest) : _begun;
        var finishedAt = Math.Min(Stopwatch.GetTimestamp(), _endsAt);
        return new LoadResult
        {
            Rate = _inTime / ((double)(finishedAt - _startedAt) / Stopwatch.Frequency),
            Acknowledged = _created,
            Refused = _refused,
            Broken = _broken,
            Unsent = Math.Max(0, Math.Min(due, _plan.MaximumRequests) - _begun),
            Latency = _latencies.Summarise(),
            FirstRefusal = _firstRefusal,
        };
    }

    private static long ToTicks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static long ToNanoseconds(long ticks) => (long)(ticks * (1e9 / Stopwatch.Frequency));
}
