using Postroom.Declarations;
using Postroom.Server.Certificates;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Certificates;

/// <summary>Pairs of files: what is taken, and what is said of each that is not.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CertificateReaderTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "secret")]
    [InlineData(true, "secret")]
    public void A_pair_is_taken(bool rsa, string? password)
    {
        using var folder = new TestFolder();
        var tls = Make(rsa: rsa, password: password).WriteTo(folder.Path, password);
        var reading = Read(tls);
        Assert.Null(reading.Fault);
        Assert.True(reading.Certificate!.Leaf.HasPrivateKey);
        Assert.False(reading.Certificate.IsSelfSigned);
        Assert.Equal(["localhost", "127.0.0.1"], reading.Certificate.Names);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TestFolder();
        var tls = Make().WriteTo(folder.Path);
        File.Delete(tls.Key!);
        AssertFault(tls, tls.Key!, "There is no such file. Correct `tls.key`, or put the key there.");
        File.Delete(tls.Certificate!);
        AssertFault(tls, tls.Certificate!, "Correct `tls.certificate`");
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        using var folder = new TestFolder();
        var tls = Make().WriteTo(folder.Path) with { Certificate = folder.Path };
        AssertFault(tls, folder.Path, "This is a folder, not a file.");
    }

    public static TheoryData<string, string> WrongCertificates { get; } = new()
    {
        { "", "There is no certificate in PEM form" },
        { "nonsense", "There is no certificate in PEM form" },
        { "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "There is no certificate in PEM form" },
        { "\0\u0001\u0002", "There is no certificate in PEM form" },
    };

    [Theory, MemberData(nameof(WrongCertificates))]
    public void A_file_without_a_certificate_is_named(string text, string message)
    {
        using var folder = new TestFolder();
        var tls = Make().WriteTo(folder.Path);
        File.WriteAllText(tls.Certificate!, text);
        AssertFault(tls, tls.Certificate!, message);
    }

    public static TheoryData<string, string> WrongKeys { get; } = new()
    {
        { "", "There is no private key in PEM form" },
        { "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "There is no private key in PEM form" },
        { "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "The private key cannot be read." },
        {
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
            "encrypted in a form that is not read"
        },
    };

    [Theory, MemberData(nameof(WrongKeys))]
    public void A_key_that_cannot_be_read_is_named(string text, string message)
    {
        using var folder = new TestFolder();
        var tls = Make().WriteTo(folder.Path);
        File.WriteAllText(tls.Key!, text);
        AssertFault(tls, tls.Key!, message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_key_of_another_certificate_is_told_apart(bool rsa)
    {
        using var folder = new TestFolder();
        var tls = Make().WriteTo(folder.Path);
        File.WriteAllText(tls.Key!, Make(rsa: rsa).Key);
        AssertFault(tls, tls.Key!, "This key does not belong to the first certificate in");
    }

    [Fact]
    public void A_chain_that_begins_with_the_issuer_is_told_apart()
    {
        using var folder = new TestFolder();
        var pair = Make();
        var tls = pair.WriteTo(folder.Path);
        File.WriteAllText(tls.Certificate!, pair.Issuer + "\n" + pair.Certificate);
        AssertFault(tls, tls.Key!, "The certificate of the server comes first in its file");
    }

    [Theory]
    [InlineData("secret", null, "Add `password: ${TLS_PASSWORD}` to `tls`")]
    [InlineData("secret", "guess", "The password does not open the private key.")]
    [InlineData(null, "secret", "The private key is not encrypted, yet `tls.password` is given.")]
    public void A_password_must_fit(string? password, string? given, string message)
    {
        using var folder = new TestFolder();
        var tls = Make(password: password).WriteTo(folder.Path, given);
        AssertFault(tls, tls.Key!, message);
    }

    [Fact]
    public void One_that_has_ended_or_not_begun_is_refused()
    {
        using var folder = new TestFolder();
        var tls = TestPair.Make(Now.AddDays(-90), Now).WriteTo(folder.Path);
        AssertFault(tls, tls.Certificate!, "The certificate ended on 2030-01-31. Renew it.");
        tls = TestPair.Make(Now.AddDays(1), Now.AddDays(90)).WriteTo(folder.Path);
        AssertFault(tls, tls.Certificate!, "The certificate counts from 2030-02-01 on only.");
    }

    [Fact]
    public void One_for_clients_is_refused()
    {
        using var folder = new TestFolder();
        var tls = Make(purpose: "1.3.6.1.5.5.7.3.2").WriteTo(folder.Path);
        AssertFault(tls, tls.Certificate!, "The certificate is not for servers");
    }

    [Fact]
    public void What_fits_badly_is_said()
    {
        using var folder = new TestFolder();
        var tls = TestPair.Make(Now.AddDays(-80), Now.AddDays(10)).WriteTo(folder.Path);
        File.SetUnixFileMode(tls.Key!, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var names = new CertificateNames(new Uri("https://post.example.com"), null);
        Assert.Collection(
            names.Doubts(tls, Read(tls).Certificate!, Now),
            doubt => Assert.StartsWith(
                "The certificate is not for post.example.com, the host of `url`, but for localhost, 127.0.0.1.",
                doubt, StringComparison.Ordinal),
            doubt => Assert.Equal("The certificate ends on 2030-02-10. Renew it.", doubt),
            doubt => Assert.StartsWith("Everybody on this machine can read the private key", doubt, StringComparison.Ordinal));
    }

    [Fact]
    public void A_password_is_never_printed() =>
        Assert.DoesNotContain(
            "secret", new TlsDeclaration { Certificate = "c", Key = "k", Password = "secret" }.ToString(),
            StringComparison.Ordinal);

    private static TestPair Make(
        string purpose = TestPair.ServerAuthentication, string? password = null, bool rsa = false) =>
        TestPair.Make(Now.AddDays(-1), Now.AddDays(90), purpose: purpose, password: password, rsa: rsa);

    private static CertificateReading Read(TlsDeclaration tls) => CertificateReader.Read(tls, PemFiles.Read(tls), Now);

    private static void AssertFault(TlsDeclaration tls, string file, string message)
    {
        var fault = Assert.IsType<DeclarationFault>(Read(tls).Fault);
        Assert.Equal(file, fault.File);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
