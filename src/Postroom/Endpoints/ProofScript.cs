using Microsoft.AspNetCore.Http;
using Postroom.Responding;

namespace Postroom.Endpoints;

/// <summary>The script that finds proofs, served out of the assembly to pages of any origin.</summary>
internal sealed class ProofScript
{
    private const string Resource = "proof.js";

    private readonly FixedDocument _script = new(
        Load(), "text/javascript; charset=utf-8", isForEveryOrigin: true);

    public Task ServeAsync(HttpContext http) => _script.ServeAsync(http);

    private static byte[] Load()
    {
        using var resource = typeof(ProofScript).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
