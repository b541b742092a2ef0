using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Postroom.Load.Comparing;
using Postroom.Load.Driving;
using Postroom.Load.Observing;
using Postroom.Load.Wire;

namespace Postroom.Load.Nodes;

/// <summary>The nodes of one contestant, each its own process, and what they have acknowledged together.</summary>
internal sealed class RunningNodes : IDisposable
{
    private const int Created = 201;

    private readonly DatabaseServer _server;
    private readonly List<Process> _processes = [];
    private readonly List<int> _ports = [];
    private readonly RequestStream _requests;

    private RunningNodes(DatabaseServer server, RequestStream requests) => (_server, _requests) = (server, requests);

    internal AcknowledgedSet Acknowledged { get; } = new();

    internal static RunningNodes Start(
        NodeContestant contestant, DatabaseServer server, string database, string folder, ulong seed)
    {
        var nodes = new RunningNodes(server, new RequestStream(Contestants.PostPath, 80, seed));
        try
        {
            for (var node = 0; node < contestant.Nodes; node++)
            {
                nodes.Start(contestant, database, folder);
            }

            return nodes;
        }
        catch
        {
            nodes.Dispose();
            throw;
        }
    }

    internal NodeStretch Drive(LoadPlan plan)
    {
        using var loop = new LoadLoop(_ports, _requests, Acknowledged, plan);
        var (nodes, database, tool) = (NodesCpu(), _server.CpuMicroseconds(), ToolCpu());
        var result = loop.Run();
        var posts = Math.Max(1, result.Acknowledged);
        return new NodeStretch(
            result, (NodesCpu() - nodes) / posts, (_server.CpuMicroseconds() - database) / posts,
            (ToolCpu() - tool) / posts);
    }

    /// <summary>SIGKILL: nothing is flushed on the way out, so the count that follows is honest.</summary>
    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _processes.Clear();
    }

    private static double ToolCpu() => ProcessSample.Of(Environment.ProcessId).CpuMicroseconds;

    private double NodesCpu() => _processes.Sum(process => ProcessSample.Of(process.Id).CpuMicroseconds);

    private void Start(NodeContestant contestant, string database, string folder)
    {
        Directory.CreateDirectory(folder);
        var (port, log) = (FreePort(), Path.Combine(folder, $"node-{_ports.Count}.log"));
        string[] shell = ["-c", "exec \"$@\" >\"$0\" 2>&1", log, .. contestant.Command(port, folder, _server, database)];
        _processes.Add(Process.Start("sh", shell));
        _ports.Add(port);
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(2))
        {
            if (_processes[^1].HasExited)
            {
                throw new IOException($"{contestant.Label} ended at its start:\n{File.ReadAllText(log)}");
            }

            using var probe = Probe.TryConnect(port);
            if (probe is not null)
            {
                var sequence = Acknowledged.Take();
                var (status, answer) = probe.Post(_requests, sequence);
                if (status != Created)
                {
                    throw new InvalidOperationException($"the first POST was not answered with 201:\n{answer}");
                }

                Acknowledged.Acknowledge(sequence);
                return;
            }

            Thread.Sleep(10);
        }

        throw new TimeoutException($"{contestant.Label} did not start:\n{File.ReadAllText(log)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
