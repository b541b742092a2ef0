using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Postroom.Bench.Attacks;

/// <summary>The server in a process of its own, with an empty store, and what its process takes.</summary>
internal sealed class AttackedServer : IDisposable
{
    private const string Declaration = """
        data: ./data
        limits: {rate: off}
        endpoints:
          /api/contact: {kind: form}
          /api/wide:
            kind: form
            formats: [json, form, multipart, xml]
            limits: {fields: 100000, parts: 100000, files: 1000, depth: 64}
        """;

    private readonly Process _process;
    private readonly string _folder;

    private AttackedServer(Process process, string folder, int port, int securePort) =>
        (_process, _folder, Port, SecurePort) = (process, folder, port, securePort);

    public int Port { get; }

    public int SecurePort { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public bool HasExited => _process.HasExited;

    /// <summary>The most memory that was resident since <see cref="ForgetPeak"/>, in MB.</summary>
    public double PeakMegabytes => ReadMegabytes("VmHWM:");

    public double Megabytes => ReadMegabytes("VmRSS:");

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<AttackedServer> StartAsync(string program)
    {
        var folder = Directory.CreateTempSubdirectory("postroom-attacks-").FullName;
        File.WriteAllText(Path.Combine(folder, "postroom.yaml"), Declaration);
        var (port, securePort) = (FreePort(), FreePort());
        var start = new ProcessStartInfo(program,
            ["serve", folder, "--listen", $"http://127.0.0.1:{port}", "--listen", $"https://127.0.0.1:{securePort}",
             "--log", "off"])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new AttackedServer(process, folder, port, securePort);
        using var client = new HttpClient { BaseAddress = server.Address };
        for (var attempt = 0; !await IsUpAsync(client); attempt++)
        {
            if (attempt == 600 || process.HasExited)
            {
                server.Dispose();
                throw new InvalidOperationException("The server did not start.");
            }

            await Task.Delay(50);
        }

        return server;
    }

    /// <summary>Linux forgets the peak when 5 is written here.</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> IsUpAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/_postroom/health");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private double ReadMegabytes(string row)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(row, StringComparison.Ordinal));
        return long.Parse(line[row.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1000.0;
    }
}
