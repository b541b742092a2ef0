using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Postroom.Server.Tests.Certificates;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary><c>serve</c> on https: real handshakes with a real process.</summary>
public sealed class HttpsTests
{
    private const string Yaml = "endpoints:\n  /api/contact: {kind: form}\n";
    private const string WithFiles = "tls: {certificate: cert.pem, key: key.pem}\n" + Yaml;
    private const string Any = "https://127.0.0.1:0";

    [Fact]
    public async Task In_development_an_address_is_enough()
    {
        using var folder = TestFolder.With(Yaml);
        await using var server = await RunningServer.StartAsync(folder.Path, "--listen", Any, "--listen", "http://127.0.0.1:0");
        Assert.StartsWith("https://127.0.0.1:", server.Address, StringComparison.Ordinal);
        Assert.Contains(server.Output.Lines, line => line.StartsWith("  Listening on http://", StringComparison.Ordinal));
        using var shown = await HandshakeAsync(server);
        Assert.EndsWith("SHA-256 " + Fingerprint(shown), server.Banner("Cert"), StringComparison.Ordinal);
        Assert.StartsWith("self-signed, ", server.Banner("Cert"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_to_try_works_in_a_shell()
    {
        using var folder = TestFolder.With(Yaml);
        await using var server = await RunningServer.StartAsync(folder.Path, "--listen", Any);
        var result = await PostroomProgram.RunAsync(new ProgramStart("/bin/sh", "-c", "exec " + server.Banner("Try") + " -sS -w ' %{http_version}'"));
        Assert.Equal("", result.Error);
        Assert.Contains("\"message\"", result.Output, StringComparison.Ordinal);
        Assert.EndsWith(" 2", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Node_believes_the_certificate_when_it_is_told_to(string host)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/node"), "There is no Node on this machine.");
        using var folder = TestFolder.With(Yaml);
        await using var server = await RunningServer.StartAsync(folder.Path, "--listen", Any);
        var address = $"https://{host}:{new Uri(server.Address).Port}/api/contact";
        var script = $"fetch('{address}', {{method: 'POST', headers: {{'content-type': 'application/json'}}, body: '{{\"a\":1}}'}})"
            + ".then(answer => console.log(answer.status), fault => console.log(fault))";
        var result = await PostroomProgram.RunAsync(new ProgramStart("/usr/bin/node", "-e", script)
        {
            Variables = new Dictionary<string, string> { ["NODE_EXTRA_CA_CERTS"] = Path.Combine(folder.Data, "self-signed.pem") },
        });
        Assert.Equal("201", result.Output.Trim());
    }

    [Theory]
    [InlineData("-tls1", false)]
    [InlineData("-tls1_1", false)]
    [InlineData("-tls1_2", true)]
    [InlineData("-tls1_3", true)]
    public async Task Old_versions_of_TLS_are_refused(string version, bool taken)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "There is no openssl on this machine.");
        using var folder = TestFolder.With(Yaml);
        await using var server = await RunningServer.StartAsync(folder.Path, "--listen", Any);
        var result = await PostroomProgram.RunAsync(new ProgramStart(
            "/usr/bin/openssl", "s_client", "-connect", new Uri(server.Address).Authority, version, "-cipher", "DEFAULT@SECLEVEL=0"));
        Assert.Equal(taken, result.Output.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Renewed_files_count_for_new_connections_and_drop_no_old_one()
    {
        using var folder = TestFolder.With(WithFiles);
        TestPair.Today().WriteTo(folder.Path);
        await using var server = await RunningServer.StartAsync(folder.Path, "--listen", Any);
        using var before = await HandshakeAsync(server);
        using var client = new TcpClient();
        await using var standing = await ConnectAsync(client, server);

        var next = TestPair.Today();
        Replace(folder["cert.pem"], next.Certificate);
        await server.Output.WaitForAsync(line => line.StartsWith(
            $"error: The changed certificate was refused, the old one stays in force. {folder["key.pem"]}: This key does not belong",
            StringComparison.Ordinal));
        Replace(folder["key.pem"], next.Key);
        await server.Output.WaitForAsync(line => line.StartsWith("The certificate has changed", StringComparison.Ordinal));

        using var after = await HandshakeAsync(server);
        Assert.NotEqual(before.Thumbprint, after.Thumbprint);
        await standing.WriteAsync("GET /_postroom/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(standing);
        Assert.StartsWith("HTTP/1.1 200", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_pair_is_told_by_serve_and_check()
    {
        using var folder = TestFolder.With(WithFiles);
        TestPair.Today().WriteTo(folder.Path);
        File.Delete(folder["key.pem"]);
        var message = folder["key.pem"] + ": There is no such file. Correct `tls.key`, or put the key there.";
        var served = await PostroomProgram.RunAsync("serve", folder.Path, "--log", "off", "--listen", Any);
        served.AssertFailed(message);
        var check = await PostroomProgram.RunAsync("check", folder.Path);
        check.AssertFailed(message + "\n1 fault.");
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_a_warning()
    {
        using var folder = TestFolder.With("url: https://post.example.com\n" + WithFiles);
        TestPair.Today().WriteTo(folder.Path);
        await using var server = await RunningServer.StartAsync(folder.Path, "--listen", Any);
        await server.Output.WaitForAsync(line => line.StartsWith(
            "warning: The certificate is not for post.example.com, the host of `url`", StringComparison.Ordinal));
        var check = await PostroomProgram.RunAsync("check", folder.Path);
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("warning: The certificate is not for post.example.com", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_the_command_line_needs_a_declared_certificate()
    {
        using var folder = TestFolder.With("url: https://post.example.com\n" + Yaml);
        var result = await PostroomProgram.RunAsync("serve", folder.Path, "--log", "off", "--listen", "https://127.0.0.1:3443");
        result.AssertFailed("https://127.0.0.1:3443 needs a certificate. Add `tls: {certificate: cert.pem, key: key.pem}` "
            + "to postroom.yaml, or `tls: self-signed`.");
    }

    private static void Replace(string file, string text)
    {
        File.WriteAllText(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }

    private static async Task<X509Certificate2> HandshakeAsync(RunningServer server)
    {
        using var client = new TcpClient();
        await using var stream = await ConnectAsync(client, server);
        Assert.True(stream.SslProtocol is SslProtocols.Tls12 or SslProtocols.Tls13);
        return new X509Certificate2(stream.RemoteCertificate!);
    }

    private static async Task<SslStream> ConnectAsync(TcpClient client, RunningServer server)
    {
        await client.ConnectAsync(IPAddress.Loopback, new Uri(server.Address).Port);
        var stream = new SslStream(client.GetStream(), false, (_, certificate, _, _) => certificate is not null);
        await stream.AuthenticateAsClientAsync("localhost");
        return stream;
    }

    private static string Fingerprint(X509Certificate2 certificate) => string.Join(
        ':', Convert.ToHexString(certificate.GetCertHash(HashAlgorithmName.SHA256)).Chunk(2).Select(pair => new string(pair)));
}
