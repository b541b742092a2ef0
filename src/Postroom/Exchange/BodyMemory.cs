using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Exchange;

/// <summary>
/// The memory that all bodies in hand share: each alone is within its limit, and many that come at once or stand still
/// must not add up without one. Small bodies are not counted, so that forms are taken while others are refused.
/// </summary>
internal sealed class BodyMemory
{
    /// <summary>Bytes of each body that are free.</summary>
    public const int FreeBytes = 16 * 1024;

    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);
    private long _taken;

    /// <summary>How many bytes there are: <c>limits.bodyMemory</c>.</summary>
    public long Max { get; set; } = new ServerLimitsDeclaration().BodyMemory;

    public Fault? Take(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= Max)
        {
            return null;
        }

        Give(bytes);
        return new Fault(FaultCatalogue.Overloaded,
            "The server is receiving too much at this moment. Nothing was stored; send it again in a second.")
        {
            Limit = new LimitFault("limits.bodyMemory", Max),
            RetryAfter = SoonAgain,
            ClosesConnection = true,
        };
    }

    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
