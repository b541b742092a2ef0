using Postroom.Declarations.Loading;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations;

/// <summary>Reads <c>postroom.yaml</c>: its text, its shape, then what its values say; all faults together.</summary>
internal static class DeclarationLoader
{
    public const string FileName = "postroom.yaml";

    /// <param name="path">The file, or its folder.</param>
    /// <param name="context">What it is read in.</param>
    public static DeclarationResult Load(string path, DeclarationContext context)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        var scope = new LoadScope(file, context);
        var bytes = SourceFile.Read(file, out var unreadable);
        if (bytes is null)
        {
            var fault = unreadable is null
                ? new DeclarationFault("", 0, 0, Missing(path, file))
                : new DeclarationFault(file, 0, 0, unreadable);
            return new(null, [fault], scope.Files);
        }

        var declaration = Read(scope, bytes);
        return new(scope.Faults.IsEmpty ? declaration : null, scope.Faults.InOrder(file), scope.Files);
    }

    private static PostroomDeclaration? Read(LoadScope scope, byte[] bytes)
    {
        var reading = YamlDocument.Read(bytes, scope.Context.Environment);
        foreach (var fault in reading.Faults)
        {
            scope.Faults.AddDecisive(scope.File, fault.Place, fault.Message);
        }

        if (scope.Faults.IsEmpty && reading.Root is null or SourceScalar { Kind: ScalarKind.Null })
        {
            scope.Fault(new SourcePlace(1, 1),
                "The file is empty. The shortest useful one is `endpoints: {/api/contact: {kind: form}}`.");
            return null;
        }

        if (reading.Root is not { } root)
        {
            return null;
        }

        DeclarationSchema.Check(scope, root);
        return root is SourceMapping mapping ? ServerReader.Read(scope, mapping) : null;
    }

    private static string Missing(string path, string file)
    {
        if (file != path && File.Exists(Path.ChangeExtension(file, ".yml")))
        {
            return $"No {FileName} in {path}, but a postroom.yml. Rename it to {FileName}.";
        }

        // A path that does not exist is a file when it has an ending, else a folder.
        var isFile = file == path && Path.HasExtension(path);
        var name = isFile ? Path.GetFileName(path) : FileName;
        var folder = isFile ? Path.GetDirectoryName(path) : path;
        var place = folder is null or "" or "." ? "this folder" : folder;
        return $"No {name} in {place}. Create one: `postroom new contact`.";
    }
}
