using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Proxies;

/// <summary>A server behind a proxy, or without one and on https itself, asked by curl or byte by byte.</summary>
internal sealed class ProxiedServer : IAsyncDisposable
{
    /// <summary>In the place of a proxy's name: the server speaks https itself.</summary>
    public const string None = "none";

    private const string Curl = "/usr/bin/curl";

    private const string Yaml = """
        url: https://post.example.com
        proxies: [127.0.0.1/32]
        endpoints:
          /api/contact:
            kind: form
            schema: {type: object, required: [name], properties: {name: {type: string}}}
            limits: {rate: off, body: 10MB, value: 10MB}
          /api/cv:
            kind: form
            schema: {type: object, properties: {name: {type: string}, cv: {type: string, contentMediaType: text/plain}}}
            limits: {rate: off}
          /api/rated:
            kind: form
            limits: {rate: 2/min}
        """;

    private readonly TestFolder _folder;
    private readonly RunningServer _server;
    private readonly RunningProxy? _proxy;

    private ProxiedServer(TestFolder folder, RunningServer server, RunningProxy? proxy) =>
        (_folder, _server, _proxy) = (folder, server, proxy);

    private int Port => _proxy?.Port ?? new Uri(_server.Address).Port;

    private string Issuer => _proxy is null ? Path.Combine(_folder.Data, "self-signed.pem") : _folder["issuer.pem"];

    public TestFolder Folder => _folder;

    public static async Task<ProxiedServer> StartAsync(string proxy)
    {
        if (proxy == None)
        {
            var alone = TestFolder.With("tls: self-signed\n" + Yaml);
            return new ProxiedServer(
                alone, await RunningServer.StartAsync(alone.Path, "--listen", "https://127.0.0.1:0"), null);
        }

        RunningProxy.Program(proxy);
        var folder = TestFolder.With(Yaml);
        RunningServer? server = null;
        try
        {
            server = await RunningServer.StartAsync(folder.Path);
            return new ProxiedServer(
                folder, server, await RunningProxy.StartAsync(proxy, folder, new Uri(server.Address)));
        }
        catch
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }

            folder.Dispose();
            throw;
        }
    }

    /// <summary>What curl got: the status, the version of HTTP, the body.</summary>
    public async Task<(int Status, string Version, string Body)> CurlAsync(string path, params string[] options)
    {
        Assert.SkipUnless(File.Exists(Curl), "There is no curl on this machine.");
        var port = Port.ToString(CultureInfo.InvariantCulture);
        var result = await PostroomProgram.RunAsync(new ProgramStart(
            Curl,
            [
                "--silent", "--show-error", "--noproxy", "*", "--cacert", Issuer,
                "--resolve", $"{RunningProxy.Host}:{port}:127.0.0.1", "--write-out", "\n%{http_code} %{http_version}",
                .. options, $"https://{RunningProxy.Host}:{port}{path}",
            ]));
        Assert.True(result.ExitCode == 0, result.Error);
        var end = result.Output.LastIndexOf('\n');
        var words = result.Output[(end + 1)..].Split(' ');
        return (int.Parse(words[0], CultureInfo.InvariantCulture), words[1], result.Output[..end]);
    }

    /// <summary>Writes these bytes to the proxy over TLS and reads until it closes.</summary>
    public async Task<string> SendAsync(string text)
    {
        using var client = new TcpClient();
        using var patience = new CancellationTokenSource(PostroomProgram.Patience);
        await client.ConnectAsync("127.0.0.1", Port, patience.Token);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = RunningProxy.Host,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=" + RunningProxy.Host,
            }, patience.Token);
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), patience.Token);
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // Who closes on unread bytes resets the connection; what was said before was read.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>The names in what is stored, oldest first.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(string endpoint = TestFolder.ContactPath)
    {
        var export = await PostroomProgram.RunAsync("export", endpoint, "--data", _folder.Data);
        Assert.Equal("", export.Error);
        return
        [
            .. export.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
                JsonDocument.Parse(line).RootElement.GetProperty("document").GetProperty("name").GetString()!),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
