using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Processes;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>Power losses at many points of one recorded run, each with a state of the disk, each judged.</summary>
internal sealed class CrashSweep(DiskHistory disk, Func<string, long, List<Violation>> judge)
{
    private readonly CrashStateBuilder _builder = new(disk);

    /// <summary>The states with a violation, told so that one line is enough to see one again.</summary>
    public List<string> Run(int states, int seed)
    {
        var random = new Random(seed);
        var failures = new List<string>();
        var kinds = Enum.GetValues<PowerLossKind>();
        for (var number = 0; number < states; number++)
        {
            // Every point is as likely as any other, and the end, where most is at stake, always comes up.
            var point = number < kinds.Length ? disk.Log.EventCount : random.Next(disk.Log.EventCount + 1);
            var kind = kinds[number % kinds.Length];
            var choice = random.Next();
            var violations = Judge(point, kind, choice);
            if (violations.Count > 0)
            {
                failures.Add($"point {point} of {disk.Log.EventCount}, {kind}, choice {choice} (seed {seed}): "
                    + $"{violations.Count} violations, first: {violations[0]}");
            }
        }
        return failures;
    }

    public List<Violation> Judge(int point, PowerLossKind kind, int choice)
    {
        using var folder = ScratchFolder.InMemory();
        _builder.Build(point, kind, choice).WriteTo(folder.Path);
        try
        {
            return judge(folder.Path, disk.Log.MomentOf(point));
        }
        catch (InvalidDataException damage)
        {
            return [new Violation(ViolationKind.Unusable, "", damage.Message)];
        }
    }
}
