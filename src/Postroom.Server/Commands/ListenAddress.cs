using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Postroom.Declarations;
using Postroom.Server.Certificates;

namespace Postroom.Server.Commands;

/// <summary>One address to listen on.</summary>
/// <param name="Host">The host as it was written; 0.0.0.0 for a star.</param>
/// <param name="Port">The port; 0 lets the system choose.</param>
/// <param name="IsEverywhere">Listens on every address of the machine, whatever the host.</param>
/// <param name="IsSecure">Speaks TLS.</param>
internal sealed record ListenAddress(string Host, int Port, bool IsEverywhere, bool IsSecure)
{
    private const string AnyHost = "0.0.0.0";

    public string Text => string.Create(
        CultureInfo.InvariantCulture, $"{(IsSecure ? "https" : "http")}://{Host}:{Port}");

    /// <summary>Where a browser on this machine finds it.</summary>
    public string Home => Host == AnyHost ? (this with { Host = "localhost" }).Text : Text;

    public string BusyMessage => string.Create(
        CultureInfo.InvariantCulture, $"Port {Port} is in use. Try `--listen {Neighbour.Text}`.");

    private ListenAddress Neighbour => this with { Port = Port < IPEndPoint.MaxPort ? Port + 1 : Port - 1 };

    /// <summary>The command line counts before PORT, and that before the declaration.</summary>
    public static IReadOnlyList<ListenAddress> All(string[] listen, bool lan, PostroomDeclaration declaration)
    {
        var texts = listen.Length > 0 ? listen : FromEnvironment(declaration) ?? declaration.Listen;
        var addresses = texts.Select(Parse)
            .Select(address => address with { IsEverywhere = lan || address.IsEverywhere });
        return [.. addresses.Select(RequireChoosable)];
    }

    public void Apply(KestrelServerOptions kestrel)
    {
        Action<ListenOptions> setUp = IsSecure ? UseHttps : _ => { };
        if (IsEverywhere)
        {
            kestrel.ListenAnyIP(Port, setUp);
        }
        else if (IPAddress.TryParse(Host, out var address))
        {
            kestrel.Listen(address, Port, setUp);
        }
        else
        {
            kestrel.ListenLocalhost(Port, setUp);
        }
    }

    /// <summary>Each handshake asks for the certificate, so that a changed one needs no new listener.</summary>
    private static void UseHttps(ListenOptions listen)
    {
        var certificates = listen.ApplicationServices.GetRequiredService<CertificateHost>();
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(certificates.Current.Handshake),
        });
    }

    private static string[]? FromEnvironment(PostroomDeclaration declaration)
    {
        if (Environment.GetEnvironmentVariable("PORT") is not { Length: > 0 } text)
        {
            return null;
        }

        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? [declaration.IsDevelopment ? $"http://localhost:{port}" : $"http://*:{port}"]
            : throw new CommandException(
                $"The variable PORT is \"{text}\", which is no port. Set it to a number up to 65535, or unset it.");
    }

    private static ListenAddress Parse(string text)
    {
        var plain = text.Replace("://*", "://" + AnyHost, StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri) || uri.PathAndQuery != "/"
            || uri.Scheme is not ("http" or "https"))
        {
            throw new CommandException($"\"{text}\" is not an address to listen on. Write http://localhost:3000.");
        }

        return new ListenAddress(uri.Host, uri.Port, IsAny(uri.Host), uri.Scheme == "https");
    }

    /// <summary>
    /// A host with a name of its own may have any of the machine's addresses, so it means all of them.
    /// </summary>
    private static bool IsAny(string host) => IPAddress.TryParse(host, out var address)
        ? address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
        : !host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>localhost is two addresses, 127.0.0.1 and ::1, for which no free port can be found at once.</summary>
    private static ListenAddress RequireChoosable(ListenAddress address) =>
        address is { Port: 0, IsEverywhere: false } && !IPAddress.TryParse(address.Host, out _)
            ? throw new CommandException(
                "Port 0, any free port, needs an address in numbers. Try `--listen http://127.0.0.1:0`.")
            : address;
}
