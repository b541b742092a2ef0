using System.Text;
using Postroom.Declarations.Yaml;
using Postroom.JsonSchema;

namespace Postroom.Declarations.Loading;

/// <summary>A schema as it is written in a file.</summary>
/// <param name="File">The file as the user would name it.</param>
/// <param name="Json">Its text as UTF-8 JSON.</param>
/// <param name="Tree">The YAML that it was; null for a file of JSON.</param>
internal sealed record WrittenSchema(string File, ReadOnlyMemory<byte> Json, SourceNode? Tree)
{
    /// <summary>Null with a refusal that speaks of the file, or without one when its faults are noted.</summary>
    public static WrittenSchema? Read(LoadScope scope, string file, byte[] bytes, out string? refusal)
    {
        refusal = null;
        if (Path.GetExtension(file) is ".yaml" or ".yml")
        {
            return FromYaml(scope, file, bytes, out refusal);
        }

        if (bytes.Length > YamlDocument.BytesMax)
        {
            refusal = "is larger than 1 MB.";
            return null;
        }

        var mark = Encoding.UTF8.Preamble;
        return new(file, bytes.AsMemory(bytes.AsSpan().StartsWith(mark) ? mark.Length : 0), null);
    }

    /// <summary>Notes an error of the schema at its place.</summary>
    /// <param name="scope">Takes it.</param>
    /// <param name="error">The error.</param>
    /// <param name="message">What is said in place of its own message.</param>
    public void Report(LoadScope scope, SchemaError error, string? message = null)
    {
        var said = message ?? error.Message;
        var place = Tree is null
            ? new(error.Line, error.Column)
            : SourceJson.Locate(Tree, SchemaPath.Of(error.Pointer).Names, key: true);
        scope.Faults.Add(File, place, $"Schema: {said}{(said.EndsWith('?') || said.EndsWith('.') ? "" : ".")}");
    }

    private static WrittenSchema? FromYaml(LoadScope scope, string file, byte[] bytes, out string? refusal)
    {
        var reading = YamlDocument.Read(bytes, environment: null);
        foreach (var fault in reading.Faults)
        {
            scope.Faults.AddDecisive(file, fault.Place, fault.Message);
        }

        refusal = reading.Root is null && reading.Faults.Count == 0 ? "is empty." : null;
        return reading.Root is null ? null : new(file, SourceJson.Write(reading.Root), reading.Root);
    }
}
