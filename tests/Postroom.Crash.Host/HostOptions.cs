using System.Globalization;

namespace Postroom.Crash.Host;

/// <summary>What the crash tests ask of a run, from the end of the command line.</summary>
internal sealed record HostOptions(bool IsHasty, string? Point, int Pass)
{
    /// <summary>Reads <c>--hasty</c> and <c>--kill point:pass</c>.</summary>
    public static HostOptions Read(IEnumerable<string> arguments)
    {
        var options = new HostOptions(false, null, 0);
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            if (argument == "--hasty")
            {
                options = options with { IsHasty = true };
            }
            else if (argument == "--kill" && rest.TryDequeue(out var value) && value.Split(':') is [var point, var pass])
            {
                options = options with { Point = point, Pass = int.Parse(pass, CultureInfo.InvariantCulture) };
            }
            else
            {
                throw new ArgumentException($"The crash host does not know {argument}.", nameof(arguments));
            }
        }

        return options;
    }
}
