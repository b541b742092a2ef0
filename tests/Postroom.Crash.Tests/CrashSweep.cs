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

    /// <summary>The states with a violation.</summary>
    public async Task<List<CrashFinding>> Run(int states, int seed)
    {
        var random = new Random(seed);
        var findings = new List<CrashFinding>();
        var kinds = Enum.GetValues<PowerLossKind>();
        for (var number = 0; number < states * Multiplier; number++)
        {
            // Every point is as likely as any other, and the end, where most is at stake, always comes up.
            var point = number < kinds.Length ? disk.Log.EventCount : random.Next(disk.Log.EventCount + 1);
            var kind = kinds[number % kinds.Length];
            var choice = random.Next();
            var image = _builder.Build(point, kind, choice);
            var violations = await Judge(image, disk.Log.MomentOf(point));
            if (violations.Count > 0)
            {
                var place = $"point {point} of {disk.Log.EventCount}, {kind}, choice {choice} (seed {seed})";
                findings.Add(new CrashFinding(place, violations, image));
            }
        }

        return findings;
    }

    /// <summary>Fails with the violations, and keeps the first bad state for whoever has to look into it.</summary>
    public static void AssertNone(IReadOnlyList<CrashFinding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        var kept = RepositoryLayout.Folder($"artifacts/crash/failed-{Environment.ProcessId}");
        Directory.CreateDirectory(kept);
        findings[0].State.WriteTo(kept);
        Assert.Fail($"{findings.Count} states break a promise; the first is kept in {kept}:\n"
            + string.Join('\n', findings.Take(10)));
    }

    /// <summary>POSTROOM_CRASH_STATES=n: n times as many states as in the normal run.</summary>
    private static int Multiplier => int.Parse(
        Environment.GetEnvironmentVariable("POSTROOM_CRASH_STATES") ?? "1", CultureInfo.InvariantCulture);

    private async Task<List<Violation>> Judge(DiskImage image, long crashed)
    {
        using var folder = ScratchFolder.InMemory();
        image.WriteTo(folder.Path);
        try
        {
            return await judge(folder.Path, crashed);
        }
        catch (Exception damage) when (damage is not OutOfMemoryException)
        {
            return [new Violation(ViolationKind.Unusable, "", $"{damage.GetType().Name}: {damage.Message}")];
        }
    }
}
