using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Postroom.Browser.Tests;

/// <summary>A server process of its own, with a folder of its own, on a port that the system chose.</summary>
internal sealed partial class PostroomServer : IAsyncDisposable
{
    private readonly string _declaration;
    private readonly bool _ownsDeclaration;
    private readonly string _data = Directory.CreateTempSubdirectory("postroom-browser-").FullName;
    private Process? _process;

    private PostroomServer(string declaration, bool ownsDeclaration)
    {
        _declaration = declaration;
        _ownsDeclaration = ownsDeclaration;
    }

    /// <summary>The address in the banner, without a slash at the end.</summary>
    public string Url { get; private set; } = "http://127.0.0.1:0";

    /// <summary>The one-time link of the banner that opens the inbox.</summary>
    public string SignInLink { get; private set; } = "";

    public ServerLog Log { get; private set; } = new();

    /// <summary>Serves examples/contact as it stands in the repository.</summary>
    public static Task<PostroomServer> StartExampleAsync() =>
        StartAsync(new PostroomServer(Repository.ContactExample, ownsDeclaration: false));

    /// <summary>Serves another example as it stands in the repository.</summary>
    public static Task<PostroomServer> StartExampleAsync(string name) => StartAsync(
        new PostroomServer(Path.Combine(Repository.Root, "examples", name), ownsDeclaration: false));

    /// <summary>Serves a folder that goes with the server.</summary>
    public static Task<PostroomServer> StartFolderAsync(string folder) =>
        StartAsync(new PostroomServer(folder, ownsDeclaration: true));

    /// <summary>Serves a copy of the example that <paramref name="change"/> has altered.</summary>
    public static Task<PostroomServer> StartChangedExampleAsync(Action<ContactExample> change)
    {
        var example = ContactExample.Copy();
        change(example);
        return StartAsync(new PostroomServer(example.Folder, ownsDeclaration: true));
    }

    /// <summary>Ends the process at once, as a pulled plug would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Starts it again on the same port and the same data.</summary>
    public async Task StartAgainAsync()
    {
        Log = new ServerLog();
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_data, recursive: true);
        if (_ownsDeclaration)
        {
            Directory.Delete(_declaration, recursive: true);
        }
    }

    private static async Task<PostroomServer> StartAsync(PostroomServer server)
    {
        try
        {
            await server.RunAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task RunAsync()
    {
        Assert.True(File.Exists(Repository.Server), $"Build the server first: {Repository.Server} is not there.");
        var start = new ProcessStartInfo(Repository.Server)
        {
            ArgumentList = { "serve", _declaration, "--listen", Url, "--data", _data },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var log = Log;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => log.Add(line.Data);
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                log.Add(line.Data);
            }
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Url = await log.FirstAsync(line => Found(Address(), line), "a banner with its address");
        SignInLink = Url + await log.FirstAsync(line => Found(Link(), line), "a banner with a link to the inbox");
    }

    private static string? Found(Regex wanted, string line) =>
        wanted.Match(line) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Address();

    [GeneratedRegex(@"/_postroom/sign-in\?\S+")]
    private static partial Regex Link();
}
