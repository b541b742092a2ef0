using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Server.Certificates;
using Postroom.Server.Tests.Programs;
using Postroom.Tests.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Server.Tests.Certificates;

/// <summary>Which certificate is in force, and when another takes its place.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CertificateHostTests : IDisposable
{
    private static readonly CertificateNames Names = new(new Uri("https://post.example.com"), "192.0.2.7");

    private readonly TestFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly ManualFolderWatch _watch = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_count_once_nothing_has_moved_for_a_moment()
    {
        var tls = Make().WriteTo(_folder.Path);
        using var host = await StartAsync(tls);
        var first = host.Current;
        Make().WriteTo(_folder.Path);
        _watch.Touch();
        Assert.Same(first, host.Current);
        _time.Advance(CertificateHost.Quiet);
        Assert.NotEqual(first.Fingerprint, host.Current.Fingerprint);
    }

    [Fact]
    public async Task Without_any_watch_they_are_looked_at_all_the_same()
    {
        var tls = Make().WriteTo(_folder.Path);
        using var host = await StartAsync(tls);
        var first = host.Current;
        _time.Advance(CertificateHost.Interval);
        Assert.Same(first, host.Current);
        Make().WriteTo(_folder.Path);
        _time.Advance(CertificateHost.Interval);
        Assert.NotEqual(first.Fingerprint, host.Current.Fingerprint);
    }

    [Fact]
    public async Task A_faulty_pair_is_refused_until_it_is_whole()
    {
        var tls = Make().WriteTo(_folder.Path);
        using var host = await StartAsync(tls);
        var first = host.Current;
        var next = Make();
        File.WriteAllText(tls.Certificate!, next.Certificate);
        _time.Advance(CertificateHost.Interval);
        Assert.Same(first, host.Current);
        File.Delete(tls.Key!);
        _time.Advance(CertificateHost.Interval);
        Assert.Same(first, host.Current);
        File.WriteAllText(tls.Key!, next.Key);
        _time.Advance(CertificateHost.Interval);
        Assert.NotEqual(first.Fingerprint, host.Current.Fingerprint);
    }

    [Fact]
    public async Task A_folder_that_is_a_link_may_be_swapped()
    {
        Directory.CreateDirectory(_folder["1"]);
        Directory.CreateDirectory(_folder["2"]);
        Make().WriteTo(_folder["1"]);
        Make().WriteTo(_folder["2"]);
        Directory.CreateSymbolicLink(_folder["live"], _folder["1"]);
        using var host = await StartAsync(new TlsDeclaration
        {
            Certificate = Path.Combine(_folder["live"], "cert.pem"), Key = Path.Combine(_folder["live"], "key.pem"),
        });
        var first = host.Current;
        Directory.Delete(_folder["live"]);
        Directory.CreateSymbolicLink(_folder["live"], _folder["2"]);
        _time.Advance(CertificateHost.Interval);
        Assert.NotEqual(first.Fingerprint, host.Current.Fingerprint);
    }

    [Fact]
    public async Task A_faulty_pair_stops_the_start()
    {
        var tls = Make().WriteTo(_folder.Path);
        File.Delete(tls.Key!);
        var stopped = await Assert.ThrowsAsync<DeclarationException>(() => StartAsync(tls));
        Assert.StartsWith(tls.Key + ": There is no such file.", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_our_own_is_kept_and_for_every_name()
    {
        string fingerprint;
        using (var first = await StartAsync(new TlsDeclaration()))
        {
            fingerprint = first.Current.Fingerprint;
            Assert.True(first.Current.IsSelfSigned);
            Assert.Equal(["localhost", "post.example.com", "127.0.0.1", "::1", "192.0.2.7"], first.Current.Names);
            Assert.True(first.Current.Leaf.MatchesHostname("post.example.com"));
        }

        using var second = await StartAsync(new TlsDeclaration());
        Assert.Equal(fingerprint, second.Current.Fingerprint);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(OwnFile));
    }

    [Fact]
    public async Task One_of_our_own_is_renewed_before_it_ends()
    {
        using var host = await StartAsync(new TlsDeclaration());
        var first = host.Current;
        _time.Advance(first.Ends - SelfSignedCertificate.Renewal - _time.GetUtcNow() - TimeSpan.FromHours(1));
        Assert.Same(first, host.Current);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.NotEqual(first.Fingerprint, host.Current.Fingerprint);
        Assert.True(host.Current.Ends > first.Ends);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task One_of_our_own_that_is_no_longer_whole_is_made_anew(string text)
    {
        File.WriteAllText(OwnFile, text);
        using var host = await StartAsync(new TlsDeclaration());
        Assert.True(host.Current.IsSelfSigned);
        Assert.Contains("PRIVATE KEY", File.ReadAllText(OwnFile), StringComparison.Ordinal);
    }

    private string OwnFile => _folder[SelfSignedCertificate.FileName];

    private TestPair Make() => TestPair.Make(_time.GetUtcNow().AddDays(-1), _time.GetUtcNow().AddDays(90));

    private async Task<CertificateHost> StartAsync(TlsDeclaration tls)
    {
        var host = new CertificateHost(
            tls, Names, _folder.Path, _watch, _time, NullLogger<CertificateHost>.Instance);
        await host.StartingAsync(TestContext.Current.CancellationToken);
        return host;
    }
}
