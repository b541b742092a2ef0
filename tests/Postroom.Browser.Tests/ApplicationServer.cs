using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Postroom.Browser.Tests;

/// <summary>examples/application as a process, with a folder of its own.</summary>
internal sealed partial class ApplicationServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postroom-application-").FullName;
    private readonly ServerLog _log = new();
    private readonly Process _process;

    private ApplicationServer()
    {
        var program = Repository.Server.Replace("Postroom.Server", "application", StringComparison.Ordinal);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(program, ["--urls", "http://127.0.0.1:0"])
            {
                RedirectStandardOutput = true,
                WorkingDirectory = _folder,
            },
        };
        _process.OutputDataReceived += (_, line) => _log.Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
    }

    public string Url { get; private set; } = "";

    public string[] Desk => Directory.GetFiles(Path.Combine(_folder, "desk"));

    public static async Task<ApplicationServer> StartAsync()
    {
        var server = new ApplicationServer();
        server.Url = await server._log.FirstAsync(
            line => Address().Match(line) is { Success: true } match ? match.Value : null, "its address");
        return server;
    }

    /// <summary>Completes when a job has laid a CV on the desk.</summary>
    public Task<string> AppliedAsync() => _log.FirstAsync(
        line => line.Contains("applies as", StringComparison.Ordinal) ? line : null, "a line about who applies");

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Address();
}
