using System.Security.Cryptography;
using Postroom.Declarations;
using Postroom.Declarations.Loading;

namespace Postroom.Server.Certificates;

/// <summary>The bytes of a certificate's file and of its key's, as they were at one moment.</summary>
internal sealed class PemFiles
{
    private readonly byte[]? _certificate;
    private readonly byte[]? _key;

    private PemFiles(byte[]? certificate, byte[]? key, DeclarationFault? fault)
    {
        _certificate = certificate;
        _key = key;
        Fault = fault;
        Digest = [.. DigestOf(certificate), .. DigestOf(key)];
    }

    /// <summary>A file that is not there or cannot be read.</summary>
    public DeclarationFault? Fault { get; }

    /// <summary>Equal for equal content.</summary>
    public byte[] Digest { get; }

    // PEM is ASCII (RFC 7468 §3); what is not has no meaning between its lines.
    public string Certificate => System.Text.Encoding.Latin1.GetString(_certificate ?? []);

    public string Key => System.Text.Encoding.Latin1.GetString(_key ?? []);

    public static PemFiles Read(TlsDeclaration tls)
    {
        var certificate = Read(tls.Certificate!, "certificate", out var first);
        var key = Read(tls.Key!, "key", out var second);
        return new(certificate, key, first ?? second);
    }

    private static byte[]? Read(string path, string name, out DeclarationFault? fault)
    {
        var bytes = SourceFile.Read(path, out var unreadable);
        fault = bytes is not null ? null : new DeclarationFault(path, 0, 0, unreadable is null
            ? $"There is no such file. Correct `tls.{name}`, or put the {name} there."
            : unreadable + " Let the user that runs Postroom read it.");
        return bytes;
    }

    private static byte[] DigestOf(byte[]? bytes) => SHA256.HashData(bytes ?? []);
}
