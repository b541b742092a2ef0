using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Postroom.Load.Driving;
using Postroom.Load.Observing;
using Postroom.Load.Wire;

namespace Postroom.Load.Comparing;

/// <summary>A contestant in its own process, and what it has acknowledged since its store was empty.</summary>
internal sealed class RunningServer : IDisposable
{
    private const int Created = 201;
    private const int ReplaySample = 200;

    private readonly Process _process;
    private readonly RequestStream _requests;
    private readonly string _log;
    private (long Sequence, string Body) _first;

    private RunningServer(Process process, int port, string log, RequestStream requests, AcknowledgedSet acknowledged)
    {
        _process = process;
        _log = log;
        _requests = requests;
        Port = port;
        Acknowledged = acknowledged;
    }

    internal int Port { get; }

    internal AcknowledgedSet Acknowledged { get; }

    /// <summary>From the start of the process to its first 201.</summary>
    internal TimeSpan FirstCreatedAfter { get; private set; }

    internal static RunningServer Start(
        Contestant contestant, string folder, bool pinned, ulong seed, AcknowledgedSet? acknowledged = null)
    {
        Directory.CreateDirectory(folder);
        var port = FreePort();
        var log = Path.Combine(folder, "server.log");
        string[] command = [.. pinned ? ["taskset", "-c", "0"] : Array.Empty<string>(),
            .. contestant.Command(port, folder)];

        // The shell only turns the output into a file, then becomes the server: one process, one id, no pipe to drain.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", log, .. command]);
        var requests = new RequestStream(Contestants.PostPath, port, seed);
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new IOException($"could not start {contestant.Label}");
        var server = new RunningServer(process, port, log, requests, acknowledged ?? new AcknowledgedSet());
        try
        {
            server.AwaitFirstCreated(began);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    internal Stretch Drive(LoadPlan plan)
    {
        using var loop = new LoadLoop(Port, _requests, Acknowledged, plan);
        var serverBefore = ProcessSample.Of(_process.Id);
        var toolBefore = ProcessSample.Of(Environment.ProcessId);
        var result = loop.Run();
        var toolAfter = ProcessSample.Of(Environment.ProcessId);
        var serverAfter = ProcessSample.Of(_process.Id);
        var toolCpu = toolAfter.CpuMicroseconds - toolBefore.CpuMicroseconds;
        return new Stretch(result, ProcessUsage.Between(serverBefore, serverAfter, toolCpu, result.Acknowledged));
    }

    internal double ResidentMebibytes() => ProcessSample.Of(_process.Id).ResidentKibibytes / 1024.0;

    /// <summary>Sends some acknowledged requests again: each must be a 201 and, counted later, store nothing.</summary>
    internal void RepeatSome()
    {
        using var probe = Probe.TryConnect(Port) ?? throw new IOException("the server no longer accepts connections");
        var step = Math.Max(1, Acknowledged.Count / ReplaySample);
        var sample = Acknowledged.Sequences()
            .Where((sequence, index) => index % step == 0 || sequence == _first.Sequence);
        foreach (var sequence in sample)
        {
            var (status, answer) = probe.Post(_requests, sequence);
            if (status != Created || (sequence == _first.Sequence && BodyOf(answer) != _first.Body))
            {
                throw new InvalidOperationException($"a repeat was not answered like the first:\n{answer}");
            }
        }
    }

    /// <summary>SIGKILL: nothing is flushed on the way out, so the count that follows is honest.</summary>
    internal void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void AwaitFirstCreated(long began)
    {
        var limit = TimeSpan.FromMinutes(5);
        while (Stopwatch.GetElapsedTime(began) < limit)
        {
            if (_process.HasExited)
            {
                throw new IOException($"the server ended at its start:\n{ReadLog()}");
            }

            using var probe = Probe.TryConnect(Port);
            if (probe is null)
            {
                Thread.Sleep(1);
                continue;
            }

            var sequence = Acknowledged.Take();
            var (status, answer) = probe.Post(_requests, sequence);
            FirstCreatedAfter = Stopwatch.GetElapsedTime(began);
            if (status != Created)
            {
                throw new InvalidOperationException($"the first POST was not answered with 201:\n{answer}");
            }

            Acknowledged.Acknowledge(sequence);
            _first = (sequence, BodyOf(answer));
            return;
        }

        throw new TimeoutException($"no answer within {limit}:\n{ReadLog()}");
    }

    private static string BodyOf(string answer)
    {
        return answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }

    private string ReadLog()
    {
        return File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(20)) : "";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
