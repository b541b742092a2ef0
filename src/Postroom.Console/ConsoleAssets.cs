using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Postroom.Responding;

namespace Postroom.Inbox;

/// <summary>The stylesheet and the mark, served out of the assembly.</summary>
internal sealed class ConsoleAssets
{
    private const string Folder = "Assets/";

    private static readonly FrozenDictionary<string, string> s_types = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".js"] = "text/javascript; charset=utf-8",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, FixedDocument> _assets;

    public ConsoleAssets()
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        _assets = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Where(name => s_types.ContainsKey(Path.GetExtension(name)))
            .ToFrozenDictionary(
                name => name[Folder.Length..], name => Load(assembly.GetManifestResourceStream(name)!, name));
    }

    public Task ServeAsync(HttpContext context)
    {
        if (context.Request.RouteValues["name"] is string name && _assets.TryGetValue(name, out var asset))
        {
            return asset.ServeAsync(context);
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static FixedDocument Load(Stream resource, string name)
    {
        using (resource)
        {
            var bytes = new byte[resource.Length];
            resource.ReadExactly(bytes);
            return new FixedDocument(bytes, s_types[Path.GetExtension(name)]);
        }
    }
}
