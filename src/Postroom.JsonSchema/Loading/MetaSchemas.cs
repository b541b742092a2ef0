namespace Postroom.JsonSchema.Loading;

/// <summary>The published meta-schemas, which every schema may refer to.</summary>
internal static class MetaSchemas
{
    private const string Root = "https://json-schema.org/draft/";

    public static byte[]? Find(string uri)
    {
        string? name = uri switch
        {
            "http://json-schema.org/draft-07/schema" => "draft-07",
            _ when uri.StartsWith(Root, StringComparison.Ordinal) =>
                "draft" + uri[Root.Length..].Replace("/meta/", "/", StringComparison.Ordinal),
            _ => null,
        };
        using Stream? stream = name is null ? null : typeof(MetaSchemas).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
