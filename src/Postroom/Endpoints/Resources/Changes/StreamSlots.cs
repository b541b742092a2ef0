using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Endpoints.Resources.Changes;

/// <summary>How many streams of changes are open, in all and for each client.</summary>
internal sealed class StreamSlots
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _clients = [];
    private int _open;

    /// <summary>At most so many in all.</summary>
    public int Max { get; set; } = 1000;

    /// <summary>At most so many for one client.</summary>
    public int MaxOfClient { get; set; } = 100;

    /// <summary>How many are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Takes a place, which <see cref="Free"/> gives back; with a fault there was none.</summary>
    public Fault? Take(Caller caller)
    {
        var client = ClientOf(caller);
        lock (_lock)
        {
            if (_open >= Max)
            {
                return Exceeded(FaultCatalogue.Overloaded, "limits.streams", Max,
                    $"As many streams are open as the server allows, {Max}. Try again later.");
            }

            var own = _clients.GetValueOrDefault(client);
            if (own >= MaxOfClient)
            {
                return Exceeded(FaultCatalogue.StreamsExceeded, "limits.streamsPerClient", MaxOfClient,
                    $"{MaxOfClient} streams are open from here already. Close one, then open another.");
            }

            _clients[client] = own + 1;
            _open++;
            return null;
        }
    }

    public void Free(Caller caller)
    {
        var client = ClientOf(caller);
        lock (_lock)
        {
            _open--;
            if (--_clients[client] == 0)
            {
                _clients.Remove(client);
            }
        }
    }

    /// <summary>Whoever is signed in has streams of his own, wherever he is.</summary>
    private static string ClientOf(Caller caller) => caller.IsAnonymous ? caller.RateKey : caller.Name;

    private static Fault Exceeded(FaultKind kind, string limit, int max, string message) => new(kind, message)
    {
        Limit = new LimitFault(limit, max),
        RetryAfter = Pause,
    };
}
