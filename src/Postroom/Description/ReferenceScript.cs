using Microsoft.AspNetCore.Http;
using Postroom.Responding;

namespace Postroom.Description;

/// <summary>The script of the reference's pages, served out of the assembly.</summary>
internal sealed class ReferenceScript
{
    public const string Route = "/_postroom/reference.js";

    private readonly FixedDocument _script = new(Load(), "text/javascript; charset=utf-8");

    public Task ServeAsync(HttpContext http) => _script.ServeAsync(http);

    private static byte[] Load()
    {
        using var resource = typeof(ReferenceScript).Assembly.GetManifestResourceStream("reference.js")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
