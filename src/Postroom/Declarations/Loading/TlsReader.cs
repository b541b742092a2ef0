using Postroom.Declarations.Yaml;
using Postroom.Faults;

namespace Postroom.Declarations.Loading;

/// <summary>
/// Reads <c>tls</c>: <c>self-signed</c>, or the files of a certificate and its key. The files themselves are for the
/// server to read: it needs the time of day to judge them, and follows them while it runs.
/// </summary>
internal static class TlsReader
{
    private const string SelfSigned = "self-signed";

    public static TlsDeclaration? Read(LoadScope scope, SourceMapping root)
    {
        if (root.Text("tls") is { } word)
        {
            if (word.Text != SelfSigned)
            {
                scope.Fault(word, $"`tls` is `{SelfSigned}` or an object such as "
                    + $"`{{certificate: cert.pem, key: key.pem}}`, not `{Excerpt.Of(word.Text)}`."
                    + NearestName.Suggest(word.Text, [SelfSigned]));
            }

            return new();
        }

        return root.Mapping("tls") is { } files && files.Text("certificate") is { } certificate
            && files.Text("key") is { } key
            ? new()
            {
                Certificate = scope.Absolute(certificate.Text),
                Key = scope.Absolute(key.Text),
                Password = files.Text("password")?.Text,
            }
            : null;
    }
}
