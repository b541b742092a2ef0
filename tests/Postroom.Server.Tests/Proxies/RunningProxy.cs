using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Postroom.Server.Tests.Certificates;
using Postroom.Server.Tests.Programs;
using Postroom.Tests.Hosts;

namespace Postroom.Server.Tests.Proxies;

/// <summary>nginx or HAProxy on a port of loopback, in front of a server, with the configuration of the documentation.</summary>
internal sealed class RunningProxy : IAsyncDisposable
{
    public const string Host = "post.example.com";

    // Below the ports that the system gives out by itself, so that nobody takes one between its choice and its use.
    private const int FirstPort = 20_000;
    private const int LastPort = 32_000;

    private readonly Process _process;

    private RunningProxy(Process process, int port)
    {
        _process = process;
        Port = port;
        Output = new LineRecord(process.StandardOutput);
        Errors = new LineRecord(process.StandardError);
    }

    public int Port { get; }

    public LineRecord Output { get; }

    public LineRecord Errors { get; }

    /// <summary>Skips by name where the proxy is not installed.</summary>
    public static string Program(string name)
    {
        var path = new[] { "/usr/sbin/" + name, "/usr/local/sbin/" + name }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"There is no {name} on this machine.");
        return path!;
    }

    /// <param name="name">nginx or haproxy.</param>
    /// <param name="folder">Where its files lie.</param>
    /// <param name="server">What it stands in front of.</param>
    public static async Task<RunningProxy> StartAsync(string name, TestFolder folder, Uri server)
    {
        var program = Program(name);
        var pair = TestPair.Today(Host);
        folder.Write("issuer.pem", pair.Issuer);
        folder.Write(ProxyConfiguration.KeyName, pair.Key + "\n");
        folder.Write(ProxyConfiguration.CertificateName, pair.Certificate + "\n" + pair.Key + "\n");
        var port = FreePort();
        folder.Write("proxy.conf", name == "nginx"
            ? ProxyConfiguration.Nginx(folder, port, server)
            : ProxyConfiguration.Haproxy(folder, port, server));
        var file = folder["proxy.conf"];
        var start = new ProgramStart(program, name == "nginx" ? ["-p", folder.Path, "-c", file] : ["-db", "-f", file]);
        var process = Process.Start(start.Info())!;
        process.StandardInput.Close();
        var proxy = new RunningProxy(process, port);
        try
        {
            await Patience.UntilAsync(() => process.HasExited || IsListening(port), name + " listens");
            Assert.False(process.HasExited, proxy.Output + proxy.Errors.ToString());
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            PostroomProgram.Signal(_process, PostroomProgram.Terminate);
        }

        using var patience = new CancellationTokenSource(PostroomProgram.Patience);
        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
    }

    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    private static bool IsListening(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
