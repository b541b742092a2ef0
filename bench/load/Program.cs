using System.Text.Json;
using Postroom.Load;
using Postroom.Load.Comparing;
using Postroom.Load.Driving;
using Postroom.Load.Insisting;
using Postroom.Load.Nodes;
using Postroom.Load.Observing;
using Postroom.Load.Wire;

const string Usage = """
    Postroom.Load run      --port N [--path /api/contact] [--connections 64] [--seconds 10] [--rate PER-SECOND]
                           [--process ID] [--seed 1] [--acknowledged FILE]
    Postroom.Load insist   --port N --acknowledged FILE [--path /api/contact] [--connections 32] [--count 1000]
                           [--rate 1000] [--seed 1]
    Postroom.Load append   [--folder artifacts/bench/data] [--seconds 10]
    Postroom.Load compare  [--rounds 5] [--seconds 10] [--warmup 5] [--rate 0] [--open-connections 256] [--pinned]
                           [--skip-open] [--skip-start] [--growth ENTRIES] [--only id,id] [--own id] [--seed 1]
                           [--data FOLDER] [--output FILE]
    Postroom.Load nodes    [--rounds 5] [--seconds 10] [--warmup 5] [--growth ENTRIES] [--only id,id] [--seed 1]
                           [--data FOLDER] [--output FILE]
    """;

try
{
    Pinning.WakeOnTime();
    var options = new Options(args.Skip(1));
    return args.FirstOrDefault() switch
    {
        "run" => Run(options),
        "insist" => await InsistAsync(options),
        "append" => Append(options),
        "compare" => Compare(options),
        "nodes" => CompareNodes(options),
        _ => throw new UsageException("name a command"),
    };
}
catch (UsageException fault)
{
    Console.Error.WriteLine($"{fault.Message}\n{Usage}");
    return 2;
}

static int Run(Options options)
{
    var port = (int)options.Number("port", 0);
    var path = options.Text("path") ?? Contestants.PostPath;
    var plan = new LoadPlan(
        (int)options.Number("connections", 64),
        TimeSpan.FromSeconds(options.Number("seconds", 10)),
        options.Number("rate", 0));
    var process = (int)options.Number("process", 0);
    var seed = (ulong)options.Number("seed", 1);
    var list = options.Text("acknowledged");
    options.Close();
    if (port == 0)
    {
        throw new UsageException("--port is missing");
    }

    var requests = new RequestStream(path, port, seed);
    var acknowledged = new AcknowledgedSet();
    using var loop = new LoadLoop(port, requests, acknowledged, plan);
    var before = process > 0 ? ProcessSample.Of(process) : null;
    var toolBefore = ProcessSample.Of(Environment.ProcessId);
    var result = loop.Run();
    var toolCpu = ProcessSample.Of(Environment.ProcessId).CpuMicroseconds - toolBefore.CpuMicroseconds;
    var usage = before is null
        ? null
        : ProcessUsage.Between(before, ProcessSample.Of(process), toolCpu, result.Acknowledged);
    if (list is not null)
    {
        File.WriteAllLines(list, acknowledged.Sequences().Select(sequence => requests.KeyOf(sequence).ToString()));
    }

    Console.WriteLine(JsonSerializer.Serialize(new { result, usage }, Output.Json));
    return result.Errors == 0 ? 0 : 1;
}

static async Task<int> InsistAsync(Options options)
{
    var port = (int)options.Number("port", 0);
    var path = options.Text("path") ?? Contestants.PostPath;
    var plan = new InsistPlan(
        (int)options.Number("count", 1000), options.Number("rate", 1000), (int)options.Number("connections", 32));
    var seed = (ulong)options.Number("seed", 1);
    var list = options.Text("acknowledged");
    options.Close();
    if (port == 0 || string.IsNullOrEmpty(list))
    {
        throw new UsageException("--port or --acknowledged is missing");
    }

    await using var record = new StreamWriter(list);
    using var sender = new InsistentSender(port, path, new RequestStream(path, port, seed), plan, record);
    var result = await sender.RunAsync();
    Console.WriteLine(JsonSerializer.Serialize(result, Output.Json));
    return result.Refused + result.Unanswered == 0 ? 0 : 1;
}

static int Append(Options options)
{
    var folder = options.Text("folder") ?? new ComparisonPlan().Data;
    var seconds = options.Number("seconds", 10);
    options.Close();
    var (rate, latency) = AppendLoop.Run(folder, TimeSpan.FromSeconds(seconds));
    Console.WriteLine(JsonSerializer.Serialize(new { rate, latency }, Output.Json));
    return 0;
}

static int Compare(Options options)
{
    var otherwise = new ComparisonPlan();
    var plan = new ComparisonPlan
    {
        Rounds = (int)options.Number("rounds", otherwise.Rounds),
        Seconds = options.Number("seconds", otherwise.Seconds),
        Warmup = options.Number("warmup", otherwise.Warmup),
        Rate = options.Number("rate", otherwise.Rate),
        OpenConnections = (int)options.Number("open-connections", otherwise.OpenConnections),
        Pinned = options.Switch("pinned"),
        SkipOpen = options.Switch("skip-open"),
        SkipStart = options.Switch("skip-start"),
        Growth = (long)options.Number("growth", otherwise.Growth),
        Own = options.Text("own") ?? otherwise.Own,
        Only = options.Text("only")?.Split(',') ?? otherwise.Only,
        Seed = (ulong)options.Number("seed", otherwise.Seed),
        Data = options.Text("data") ?? otherwise.Data,
        Output = options.Text("output") ?? otherwise.Output,
    };
    options.Close();
    if (plan.Pinned)
    {
        Pinning.ToCore(1);
    }

    var findings = new Comparison(plan, Console.Error).Run();
    var report = Report.Of(findings);
    Output.Write(plan.Output, report);
    Output.Write(Path.ChangeExtension(plan.Output, ".json"), JsonSerializer.Serialize(findings, Output.Json));
    Console.WriteLine(report);
    return findings.LeftOut.Count == 0 && findings.Stores.TrueForAll(store => store.Check.Holds) ? 0 : 1;
}

static int CompareNodes(Options options)
{
    var otherwise = new ComparisonPlan { Connections = [64, 256], Output = "bench/results/postgres.md" };
    var plan = otherwise with
    {
        Rounds = (int)options.Number("rounds", otherwise.Rounds),
        Seconds = options.Number("seconds", otherwise.Seconds),
        Warmup = options.Number("warmup", otherwise.Warmup),
        Growth = (long)options.Number("growth", otherwise.Growth),
        Only = options.Text("only")?.Split(',') ?? otherwise.Only,
        Seed = (ulong)options.Number("seed", otherwise.Seed),
        Data = options.Text("data") ?? otherwise.Data,
        Output = options.Text("output") ?? otherwise.Output,
    };
    options.Close();
    var (report, holds) = new NodeComparison(plan, Console.Error).Run();
    Output.Write(plan.Output, report);
    Console.WriteLine(report);
    return holds ? 0 : 1;
}
