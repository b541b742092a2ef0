using System.Globalization;
using Postroom.Sqlite;

namespace Postroom.Crash.Host;

/// <summary>What the crash tests ask of a run, from the end of the command line.</summary>
/// <param name="IsHasty">The store acknowledges before the commit.</param>
/// <param name="Probe">What happens at a named point of the store.</param>
/// <param name="IsKilled">What happens there is the end of the process.</param>
internal sealed record HostOptions(bool IsHasty, IStoreProbe? Probe, bool IsKilled = false)
{
    /// <summary>
    /// Reads <c>--hasty</c>, <c>--kill point:pass</c>, which ends the process there, and <c>--stall point:pass</c>,
    /// where the thread stays for good.
    /// </summary>
    public static HostOptions Read(IEnumerable<string> arguments)
    {
        var options = new HostOptions(false, null);
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            options = argument switch
            {
                "--hasty" => options with { IsHasty = true },
                "--kill" => options with { Probe = Probe(rest.Dequeue(), Suicide.Now), IsKilled = true },
                "--stall" => options with { Probe = Probe(rest.Dequeue(), () => Thread.Sleep(Timeout.Infinite)) },
                _ => throw new ArgumentException($"The crash host does not know {argument}.", nameof(arguments)),
            };
        }

        return options;

        static PointProbe Probe(string place, Action then)
        {
            var parts = place.Split(':');
            return new PointProbe(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), then);
        }
    }
}
