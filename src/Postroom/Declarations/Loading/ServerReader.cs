using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads the whole file, once its shape has been checked.</summary>
internal static class ServerReader
{
    private const int EndpointsMax = 1000;

    public static PostroomDeclaration Read(LoadScope scope, SourceMapping root)
    {
        var url = Url(scope, root);
        var declaration = new PostroomDeclaration
        {
            Url = url,
            Listen = ListenReader.Read(scope, root, url),
            Tls = TlsReader.Read(scope, root),
            Data = scope.Absolute(root.Text("data")?.Text ?? "data"),
            Store = StoreReader.Read(scope, root),
            Site = root.Text("site") is { } site ? scope.Absolute(site.Text) : null,
            Origins = ListReader.Read(scope, root, "origins", OriginText.Parse),
            Proxies = ListReader.Read(scope, root, "proxies", ProxyNetwork.Parse),
            Limits = ServerLimitsReader.Read(scope, root),
            StorageBytesMax = RetentionReader.Size(scope, root),
            OpenApi = OpenApiReader.Read(scope, root),
        };
        FolderRules.Check(scope, root, declaration);
        var common = new EndpointDefaults(
            LimitsReader.Read(scope, root, new()),
            RetentionReader.Age(scope, root, null),
            RetentionReader.Quarantine(scope, root, TimeSpan.Zero),
            url is null ? declaration.Origins : [OriginText.Of(url), .. declaration.Origins]);
        return declaration with { Endpoints = Endpoints(scope, root, common) };
    }

    private static Uri? Url(LoadScope scope, SourceMapping root)
    {
        if (root.Text("url") is not { } text)
        {
            return null;
        }

        if (!WebAddress.TryParse(text.Text, out var url))
        {
            scope.Fault(text, $"`url` must be an http or https address such as `https://post.example.com`, not "
                + $"`{Excerpt.Of(text.Text)}`.");
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            scope.Fault(text, "`url` holds a user or password, which an address may not hold.");
            return null;
        }

        if (url.PathAndQuery == "/" && url.Fragment.Length == 0)
        {
            return new Uri(OriginText.Of(url));
        }

        scope.Fault(text, "`url` has a path, and Postroom answers at the root of its address. Write "
            + $"`{OriginText.Of(url)}`.");
        return null;
    }

    private static List<EndpointDeclaration> Endpoints(LoadScope scope, SourceMapping root, EndpointDefaults common)
    {
        var endpoints = new List<EndpointDeclaration>();
        if (root.Mapping("endpoints") is not { } mapping)
        {
            return endpoints;
        }

        if (mapping.Entries.Count > EndpointsMax)
        {
            scope.Fault(root.Find("endpoints")!.KeyPlace,
                $"There are {mapping.Entries.Count} endpoints; at most {EndpointsMax} may be declared.");
            return endpoints;
        }

        var places = new Dictionary<string, SourceEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in mapping.Entries.Values)
        {
            if (EndpointPath.Parse(entry.Key, out var fault) is not { } path)
            {
                scope.Fault(entry.KeyPlace, fault!);
            }
            else if (!places.TryAdd(path, entry))
            {
                scope.Fault(entry.KeyPlace, Twice(entry, places[path]));
            }
            else if (entry.Value is SourceMapping endpoint)
            {
                endpoints.Add(EndpointReader.Read(scope, path, endpoint, common));
            }
        }

        return endpoints;
    }

    private static string Twice(SourceEntry second, SourceEntry first) =>
        $"`{Excerpt.Of(second.Key)}` is the same path as `{Excerpt.Of(first.Key)}` on line {first.KeyPlace.Line}: "
        + "capitals and a slash at the end make no difference.";
}
