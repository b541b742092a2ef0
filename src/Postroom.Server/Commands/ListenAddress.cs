using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Postroom.Declarations;

namespace Postroom.Server.Commands;

/// <summary>One address to listen on.</summary>
internal sealed record ListenAddress(string Text, string Host, int Port)
{
    public string BusyMessage => $"Port {Port} is in use. Try `--listen http://{Host}:{Port + 1}`.";

    /// <summary>The command line counts before PORT, and that before the declaration.</summary>
    public static IReadOnlyList<ListenAddress> All(ServeOptions options, PostroomDeclaration declaration)
    {
        var texts = options.Listen.Length > 0 ? options.Listen : FromEnvironment(declaration) ?? declaration.Listen;
        var addresses = texts.Select(Parse);
        return [.. options.Lan ? addresses.Select(address => address with { Host = "*" }) : addresses];
    }

    public void Apply(KestrelServerOptions kestrel)
    {
        if (Host is "*" or "+" or "0.0.0.0" or "[::]")
        {
            kestrel.ListenAnyIP(Port);
        }
        else if (IPAddress.TryParse(Host, out var address))
        {
            kestrel.Listen(address, Port);
        }
        else if (Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            kestrel.ListenLocalhost(Port);
        }
        else
        {
            kestrel.ListenAnyIP(Port);
        }
    }

    private static string[]? FromEnvironment(PostroomDeclaration declaration) =>
        int.TryParse(Environment.GetEnvironmentVariable("PORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? [declaration.IsDevelopment ? $"http://localhost:{port}" : $"http://*:{port}"]
            : null;

    private static ListenAddress Parse(string text)
    {
        var plain = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri) || uri.AbsolutePath != "/" || uri.Scheme is not ("http" or "https"))
        {
            throw new CommandException($"\"{text}\" is not an address to listen on. Write http://localhost:3000.");
        }

        return uri.Scheme == "http"
            ? new ListenAddress(text, uri.Host, uri.Port)
            : throw new CommandException("https is not available in this version of Postroom (0.1). Put a proxy in front of it.");
    }
}
