using System.Diagnostics.CodeAnalysis;
using Postroom.Declarations;

namespace Postroom.Server.Certificates;

/// <summary>What became of a pair of files: a certificate, or what is wrong and what to do.</summary>
internal sealed record CertificateReading(ServerCertificate? Certificate, DeclarationFault? Fault)
{
    [MemberNotNullWhen(true, nameof(Certificate))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Succeeded => Certificate is not null;
}
