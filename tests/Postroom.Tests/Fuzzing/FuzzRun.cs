using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Postroom.Tests.Fuzzing;

/// <summary>
/// One fuzz test's run: a fixed seed and number of rounds, or with <c>POSTROOM_FUZZ_SECONDS</c> as long as told from a
/// new seed. <c>POSTROOM_FUZZ_SEED</c> runs a seed again. What fails is told with seed, round and input.
/// </summary>
internal sealed class FuzzRun(int rounds, [CallerMemberName] string name = "")
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("POSTROOM_FUZZ_SECONDS") ?? "0", CultureInfo.InvariantCulture));

    private static readonly int Seed = Environment.GetEnvironmentVariable("POSTROOM_FUZZ_SEED") is { } seed
        ? int.Parse(seed, CultureInfo.InvariantCulture)
        : Time == TimeSpan.Zero ? 1 : Environment.TickCount;

    private readonly long _start = Stopwatch.GetTimestamp();
    private int _round;

    public Random Random { get; } = new(Seed);

    /// <summary>How many inputs were taken, as the test counts them.</summary>
    public int Accepted { get; set; }

    /// <summary>Begins the next round; false when it was enough.</summary>
    public bool Next()
    {
        if (_round < rounds || Stopwatch.GetElapsedTime(_start) < Time)
        {
            _round++;
            return true;
        }

        TestContext.Current.SendDiagnosticMessage($"{name}: {_round} rounds, {Accepted} taken, seed {Seed}");
        return false;
    }

    public void Judge(Action judge, ReadOnlySpan<byte> input)
    {
        try
        {
            judge();
        }
        catch (Exception failure)
        {
            throw Failed(Convert.ToBase64String(input), failure);
        }
    }

    public async Task JudgeAsync(Func<Task> judge, byte[] input)
    {
        try
        {
            await judge();
        }
        catch (Exception failure)
        {
            throw Failed(Convert.ToBase64String(input), failure);
        }
    }

    private InvalidOperationException Failed(string input, Exception failure) =>
        new($"{name}: seed {Seed}, round {_round}, input {input}", failure);
}
