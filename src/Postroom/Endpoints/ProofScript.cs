using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Postroom.Endpoints;

/// <summary>The script that finds proofs, served out of the assembly to pages of any origin.</summary>
internal sealed class ProofScript
{
    private const string Resource = "proof.js";

    private readonly byte[] _script;
    private readonly string _tag;

    public ProofScript()
    {
        using var resource = typeof(ProofScript).Assembly.GetManifestResourceStream(Resource)!;
        _script = new byte[resource.Length];
        resource.ReadExactly(_script);
        _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(_script).AsSpan(0, 8))}\"";
    }

    public Task ServeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";

        // Modules are fetched with CORS. It is the same for everybody, and asked for anew after an upgrade.
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.CacheControl = "no-cache";
        headers.ETag = _tag;
        if (http.Request.Headers.IfNoneMatch.Any(known => known?.Contains(_tag, StringComparison.Ordinal) == true))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        http.Response.ContentType = "text/javascript; charset=utf-8";
        http.Response.ContentLength = _script.Length;
        return http.Response.Body.WriteAsync(_script, http.RequestAborted).AsTask();
    }
}
