using System.Globalization;
using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Processes;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>Power losses at many points of one recorded run, each with a state of the disk, each judged.</summary>
/// <param name="disk">The run.</param>
/// <param name="judge">Gets the folder as the power loss left it, and the moment of the crash.</param>
internal sealed class CrashSweep(DiskHistory disk, Func<string, long, Task<List<Violation>>> judge)
{
    private readonly CrashStateBuilder _builder = new(disk);

    /// <summary>For a judge that only reads.</summary>
    public CrashSweep(DiskHistory disk, Func<string, long, List<Violation>> judge)
        : this(disk, (folder, crashed) => Task.FromResult(judge(folder, crashed)))
    {
    }

    /// <summary>The states with a violation, told so that one line is enough to see one again.</summary>
    public async Task<List<string>> Run(int states, int seed)
    {
        var random = new Random(seed);
        var failures = new List<string>();
        var kinds = Enum.GetValues<PowerLossKind>();
        for (var number = 0; number < states * Multiplier; number++)
        {
            // Every point is as likely as any other, and the end, where most is at stake, always comes up.
            var point = number < kinds.Length ? disk.Log.EventCount : random.Next(disk.Log.EventCount + 1);
            var kind = kinds[number % kinds.Length];
            var choice = random.Next();
            var violations = await Judge(point, kind, choice);
            if (violations.Count > 0)
            {
                failures.Add($"point {point} of {disk.Log.EventCount}, {kind}, choice {choice} (seed {seed}): "
                    + $"{violations.Count} violations, first: {violations[0]}");
            }
        }

        return failures;
    }

    /// <summary>POSTROOM_CRASH_STATES=n: n times as many states as in the normal run.</summary>
    private static int Multiplier => int.Parse(
        Environment.GetEnvironmentVariable("POSTROOM_CRASH_STATES") ?? "1", CultureInfo.InvariantCulture);

    private async Task<List<Violation>> Judge(int point, PowerLossKind kind, int choice)
    {
        using var folder = ScratchFolder.InMemory();
        _builder.Build(point, kind, choice).WriteTo(folder.Path);
        try
        {
            return await judge(folder.Path, disk.Log.MomentOf(point));
        }
        catch (Exception damage) when (damage is not OutOfMemoryException)
        {
            return [new Violation(ViolationKind.Unusable, "", $"{damage.GetType().Name}: {damage.Message}")];
        }
    }
}
