using Postroom.Declarations;

namespace Postroom.Server.Commands;

/// <summary>Which certificate the addresses need.</summary>
internal static class CertificateChoice
{
    /// <summary>Null where no address speaks TLS.</summary>
    /// <exception cref="CommandException">An address of the command line needs one, and none is declared.</exception>
    public static TlsDeclaration? For(PostroomDeclaration declaration, IReadOnlyList<ListenAddress> addresses)
    {
        if (addresses.FirstOrDefault(address => address.IsSecure) is not { } secure)
        {
            return null;
        }

        return declaration.Tls ?? (declaration.IsDevelopment
            ? new TlsDeclaration()
            : throw new CommandException($"{secure.Text} needs a certificate. Add `tls: {{certificate: cert.pem, "
                + "key: key.pem}` to postroom.yaml, or `tls: self-signed`."));
    }
}
