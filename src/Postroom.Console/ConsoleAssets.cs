using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

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

    private readonly FrozenDictionary<string, Asset> _assets;

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
        var response = context.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        if (context.Request.RouteValues["name"] is not string name || !_assets.TryGetValue(name, out var asset))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // Kept but asked for each time: after an upgrade no page stands there in yesterday's clothes.
        response.Headers.CacheControl = "no-cache";
        response.Headers.ETag = asset.Tag;
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (IsKnown(context.Request.Headers.IfNoneMatch, asset.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = asset.Type;
        response.ContentLength = asset.Bytes.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(asset.Bytes, context.RequestAborted).AsTask();
    }

    // Weak comparison and "*" (RFC 9110 §13.1.2).
    private static bool IsKnown(IEnumerable<string?> conditions, string tag) => conditions
        .SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Any(known => known == "*" || known == tag || known == "W/" + tag);

    private static Asset Load(Stream resource, string name)
    {
        using (resource)
        {
            var bytes = new byte[resource.Length];
            resource.ReadExactly(bytes);
            var digest = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
            return new Asset(bytes, s_types[Path.GetExtension(name)], $"\"{digest}\"");
        }
    }

    private sealed record Asset(ReadOnlyMemory<byte> Bytes, string Type, string Tag);
}
