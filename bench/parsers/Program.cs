using System.Globalization;
using Postroom.Bench.Parsers;

// Each parser beside the framework's own on the same bytes. Usage: dotnet run -c Release --project bench/parsers [name]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.Write("| body | bytes | Postroom MB/s | beside it | its MB/s ");
Console.WriteLine("| times as fast | our bytes allocated | its |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
foreach (var contest in Contests.All)
{
    if (args.Length == 0 || contest.Format.Contains(args[0], StringComparison.OrdinalIgnoreCase))
    {
        Console.WriteLine((await Measurement.RunAsync(contest)).Row);
    }
}
