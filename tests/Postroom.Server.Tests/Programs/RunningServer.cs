using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Postroom.Server.Tests.Programs;

/// <summary><c>serve</c> as a process, from its banner to its end.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private readonly Process _process;

    private RunningServer(Process process)
    {
        _process = process;
        Output = new LineRecord(process.StandardOutput);
        Errors = new LineRecord(process.StandardError);
    }

    public LineRecord Output { get; }

    public LineRecord Errors { get; }

    public Process Process => _process;

    /// <summary>The first address of the banner, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    /// <summary>Serves on a port that the system chooses, unless told.</summary>
    public static Task<RunningServer> StartAsync(string folder, params string[] options) => StartAsync(new ProgramStart(
        PostroomProgram.Path,
        ["serve", folder, .. options.Contains("--listen") ? [] : new[] { "--listen", "http://127.0.0.1:0" }, .. options]));

    public static async Task<RunningServer> StartAsync(ProgramStart start)
    {
        var process = Process.Start(start.Info())!;
        process.StandardInput.Close();
        var server = new RunningServer(process);
        var banner = start.Arguments.Contains("json") ? server.Errors : server.Output;
        try
        {
            var line = await banner.WaitForAsync(text => text.Contains("istening on", StringComparison.Ordinal));
            server.Address = ListeningOn().Match(line).Groups["address"].Value;
            server.Client.BaseAddress = new Uri(server.Address);
            return server;
        }
        catch (Exception exception)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"The server did not start: {server.Output} {server.Errors}", exception);
        }
    }

    /// <summary>What the banner says behind a name.</summary>
    public string Banner(string name)
    {
        var line = Output.Lines.Concat(Errors.Lines).Single(line => line.StartsWith($"  {name,-6} ", StringComparison.Ordinal));
        return line[9..];
    }

    public Task<HttpResponseMessage> PostJsonAsync(string path, string json, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields) => Client.PostAsync(
        path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Asks it to stop, and gives its exit code.</summary>
    public Task<int> StopAsync()
    {
        PostroomProgram.Signal(_process, PostroomProgram.Terminate);
        return ExitCodeAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        using var patience = new CancellationTokenSource(PostroomProgram.Patience);
        await _process.WaitForExitAsync(patience.Token);
        await Output.Ended;
        await Errors.Ended;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await ExitCodeAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"[Ll]istening on:? (?<address>https?://[^\s,]+)", RegexOptions.None, 5000)]
    private static partial Regex ListeningOn();
}
