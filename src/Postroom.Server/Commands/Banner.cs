using System.Globalization;
using Postroom.Declarations;
using Postroom.Description;
using Postroom.Identity;
using Postroom.Server.Certificates;
using Postroom.Storage;

namespace Postroom.Server.Commands;

/// <summary>What the server says when it listens: where to look, what to try.</summary>
internal static class Banner
{
    public static void Write(
        TextWriter output, WebApplication app, PostroomDeclaration declaration, ServeOptions options,
        IReadOnlyList<string> addresses)
    {
        var home = Home(addresses[0]);
        var data = Path.GetFullPath(options.Data ?? declaration.Data);
        var certificate = app.Services.GetService<CertificateHost>()?.Current;
        output.WriteLine();
        output.WriteLine($"  Postroom {ProgramVersion.Text}");
        output.WriteLine();
        Line(output, "Page", declaration.Site is null ? FirstForm(home, declaration) : home + "/");
        if (declaration.Endpoints.Count > 0)
        {
            Line(output, "Try", SamplePost.CurlLine(home, declaration.Endpoints[0], Trusted(certificate, home, data)));
        }

        Line(output, "Inbox", InboxLink(app, declaration.Url?.GetLeftPart(UriPartial.Authority) ?? home));
        if (declaration.OpenApi.IsServed)
        {
            Line(output, "Docs", home + ReferencePage.Route);
        }

        Line(output, "Data", data);
        Line(output, "Mode", declaration.Url is { } url
            ? $"production at {url.GetLeftPart(UriPartial.Authority)}: only listed origins may post"
            : "development: pages of this machine may post; set `url:` for production");
        if (options.Lan && NetworkAddress.Find() is { } lan)
        {
            var shown = new Uri(home);
            Line(output, "LAN", string.Create(
                CultureInfo.InvariantCulture, $"{shown.Scheme}://{lan}:{shown.Port}/"));
        }

        if (certificate is not null)
        {
            var kind = certificate.IsSelfSigned ? "self-signed, " : "";
            Line(output, "Cert", string.Create(CultureInfo.InvariantCulture,
                $"{kind}ends on {certificate.Ends:yyyy-MM-dd}, SHA-256 {certificate.Fingerprint}"));
        }

        output.WriteLine();
        foreach (var address in addresses)
        {
            var others = IsEverywhere(address) ? ", and on every other address of this machine" : "";
            output.WriteLine($"  Listening on {Home(address)}{others}");
        }

        output.WriteLine();
        output.Flush();
    }

    private static void Line(TextWriter output, string name, string text) => output.WriteLine($"  {name,-6} {text}");

    /// <summary>What curl needs to believe a certificate of the server's own.</summary>
    private static string? Trusted(ServerCertificate? certificate, string home, string data) =>
        certificate is { IsSelfSigned: true } && home.StartsWith("https:", StringComparison.Ordinal)
            ? Path.Combine(data, SelfSignedCertificate.FileName)
            : null;

    private static string FirstForm(string home, PostroomDeclaration declaration) =>
        declaration.Endpoints.Count == 0 ? home + "/" : home + declaration.Endpoints[0].Path;

    private static string InboxLink(WebApplication app, string home)
    {
        var store = app.Services.GetRequiredService<IPostStore>();
        var links = new SignInLinks(
            store.Secret, app.Services.GetRequiredService<TimeProvider>(),
            app.Services.GetRequiredService<EntropySource>());
        return home + links.MakePath() + "   (once, within 15 minutes)";
    }

    private static string Home(string address) =>
        address.Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .TrimEnd('/');

    private static bool IsEverywhere(string address) =>
        address.Contains("[::]", StringComparison.Ordinal) || address.Contains("0.0.0.0", StringComparison.Ordinal);
}
