using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>The JSON Schema of the declaration.</summary>
internal static class DeclarationSchema
{
    private const string Resource = "postroom.schema.json";

    /// <summary>Its text, as UTF-8 JSON.</summary>
    public static ReadOnlyMemory<byte> Text { get; } = Embedded();

    private static byte[] Embedded()
    {
        using var stream = typeof(DeclarationSchema).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static void Check(LoadScope scope, SourceNode root)
    {
        if (root is not SourceMapping)
            scope.Fault(root, "The file must hold keys such as `endpoints:`, not a list or a single value.");
    }
}
