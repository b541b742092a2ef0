using System.Globalization;
using System.Text;

namespace Postroom.Bench.Schema;

/// <summary>Measures contestants in turns and writes what came out.</summary>
internal sealed class Table(int rounds, StringBuilder output)
{
    private const int WarmingRounds = 10;

    public void Documents(Contest contest, IReadOnlyList<Contestant> contestants)
    {
        int bytes = Encoding.UTF8.GetByteCount(contest.Document);
        double[] times = Measure(contest, contestants, Math.Clamp(4_000_000 / bytes, 3, 20_000));
        output.Append(CultureInfo.InvariantCulture, $"\n### {contest.Name} ({bytes:N0} bytes)\n\n")
            .Append("| | ns per document | MB/s | times the reader | bytes allocated |\n|---|---|---|---|---|\n");
        for (int index = 0; index < contestants.Count; index++)
        {
            string allocated = contestants[index].Allocates is { } count
                ? count(contest, 10).ToString("N0", CultureInfo.InvariantCulture)
                : "";
            string row = times[index] < 0
                ? "wrong verdict | | "
                : string.Create(CultureInfo.InvariantCulture,
                    $"{times[index]:N0} | {bytes / times[index] * 1000:N0} | {times[index] / times[0]:F2}");
            output.Append(CultureInfo.InvariantCulture, $"| {contestants[index].Name} | {row} | {allocated} |\n");
        }
    }

    public void Compiling(IReadOnlyList<Contest> contests, IReadOnlyList<Contestant> contestants)
    {
        output.Append("\n## Compiling a schema, warm, µs\n\n| |")
            .AppendJoin(" |", contests.Select(contest => " " + contest.Name)).Append(" |\n|---|")
            .Append(string.Concat(contests.Select(_ => "---|"))).Append('\n');
        double[][] times = [.. contests.Select(contest => Measure(contest, contestants, 20))];
        for (int index = 0; index < contestants.Count; index++)
        {
            output.Append("| ").Append(contestants[index].Name).Append(" |");
            foreach (double[] row in times)
            {
                output.Append(CultureInfo.InvariantCulture, $" {row[index] / 1000:N0} |");
            }

            output.Append('\n');
        }
    }

    /// <summary>Medians; the contestants take turns within each round, so that a neighbour slows all alike.</summary>
    private double[] Measure(Contest contest, IReadOnlyList<Contestant> contestants, int repeats)
    {
        List<double>[] times = [.. contestants.Select(_ => new List<double>())];
        for (int round = -WarmingRounds; round < rounds; round++)
        {
            // The compiler of the runtime works beside us and gets its turn between the first rounds.
            if (round < 0)
            {
                Thread.Sleep(200);
            }

            for (int index = 0; index < contestants.Count; index++)
            {
                double time = contestants[index].Measure(contest, repeats);
                if (round >= 0)
                {
                    times[index].Add(time);
                }
            }
        }

        return [.. times.Select(each => each.Order().ElementAt(each.Count / 2))];
    }
}
