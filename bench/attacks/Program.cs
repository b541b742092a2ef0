using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Postroom.Bench.Attacks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var only = args.Length > 0 && args[0].Length > 0 ? args[0] : null;
var output = args.Length > 1 ? args[1] : null;
const string program = "artifacts/bin/Postroom.Server/release/Postroom.Server";
if (!File.Exists(program))
{
    Console.Error.WriteLine("Build src/Postroom.Server first, and run this at the root of the repository.");
    return 2;
}

var table = new StringBuilder();
table.AppendLine("| attack | what | server's memory before, MB | peak, MB | processor, s | attacker got | others served | failed | median, ms | worst, ms |");
table.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
var isSound = true;
Attack[] attacks = [.. ConnectionAttacks.All, .. BodyAttacks.All, .. Http2Attacks.All];
foreach (var attack in attacks.Where(attack => only is null || attack.Name.Contains(only, StringComparison.Ordinal)))
{
    using var server = await AttackedServer.StartAsync(program);
    await new Innocent(server.Address).PostAsync(200);
    var before = server.Megabytes;
    var processor = server.ProcessorTime;
    server.ForgetPeak();
    var innocent = new Innocent(server.Address);
    var tally = new Tally();
    var running = attack.RunAsync(server, tally);
    await innocent.PostUntilAsync(running);
    await running;
    isSound &= !server.HasExited && innocent.Failed == 0;
    var row = string.Create(CultureInfo.InvariantCulture,
        $"| {attack.Name} | {attack.What} | {before:F0} | {server.PeakMegabytes:F0} | {(server.ProcessorTime - processor).TotalSeconds:F1} | {tally} | {innocent.Taken:N0} | {innocent.Failed} | {innocent.Median:F1} | {innocent.Worst:F0} |");
    Console.WriteLine(row);
    table.AppendLine(row);
}

if (output is not null)
{
    var processorName = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(": ")[1];
    File.WriteAllText(output, $"""
        # The server under attack

        `bench/attacks`, run on {DateTime.UtcNow:yyyy-MM-dd}. Machine: {Environment.ProcessorCount} cores of {processorName}, {RuntimeInformation.FrameworkDescription},
        shared by the server, the attacker and others. Each attack meets a fresh server with its default limits (`rate` is off, so that nothing but the
        limits of bodies and connections speaks), after 200 messages. An innocent client posts a message every 20 ms meanwhile: what it got stands in the
        last four columns. Memory is the resident set of the server's process, the peak that of the time of the attack. `/api/wide` is an endpoint whose
        limits were raised to 100,000 fields and parts, 1,000 files and 64 levels.

        {table}
        """);
}

return isSound ? 0 : 1;
