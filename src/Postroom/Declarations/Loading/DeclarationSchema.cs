using Postroom.Declarations.Yaml;
using Postroom.JsonSchema;

namespace Postroom.Declarations.Loading;

/// <summary>The JSON Schema of the declaration: editors, the documentation and the loader read the same one.</summary>
internal static class DeclarationSchema
{
    private const string Resource = "postroom.schema.json";

    private static readonly CompiledSchema Compiled = Compile();

    /// <summary>Its text, as UTF-8 JSON.</summary>
    public static ReadOnlyMemory<byte> Text => Embedded();

    /// <summary>What it says.</summary>
    public static SchemaView Root => Compiled.Root;

    /// <summary>Faults everything in which a declaration departs from it.</summary>
    public static void Check(LoadScope scope, SourceNode root)
    {
        if (root is not SourceMapping)
        {
            scope.Fault(root, "The file must hold keys such as `endpoints:`, not a list or a single value.");
            return;
        }

        var faults = new SchemaFaults();
        Compiled.Walk(SourceJson.Write(root), faults);
        foreach (var fault in faults)
        {
            ShapeFault.Report(scope, root, fault);
        }

        UnavailableKeys.Report(scope, root, Root);
    }

    private static CompiledSchema Compile()
    {
        var compilation = CompiledSchema.Compile(Embedded(), SchemaOptions.AssertingFormats);
        return compilation.Schema
            ?? throw new InvalidOperationException($"{Resource}: {string.Join("; ", compilation.Errors)}");
    }

    private static byte[] Embedded()
    {
        using var stream = typeof(DeclarationSchema).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
