using System.Text;
using Postroom.Declarations.Yaml;
using Postroom.JsonSchema;

namespace Postroom.Declarations.Loading;

/// <summary>
/// Reads <c>schema</c>, inline or from a file, and has it compiled so that its errors show at their own places.
/// </summary>
internal static class SchemaReader
{
    public static SchemaSource? Read(LoadScope scope, SourceMapping endpoint) => endpoint.Find("schema")?.Value switch
    {
        SourceMapping inline => FromTree(scope, scope.File, inline, inline),
        SourceScalar { Kind: ScalarKind.String } path => FromFile(scope, path),
        _ => null,
    };

    private static SchemaSource? FromFile(LoadScope scope, SourceScalar path)
    {
        var shown = Excerpt.Of(path.Text);
        if (WebAddress.TryParse(path.Text, out _))
        {
            scope.Fault(path, "A schema is inline or a file. Save it beside this file and name it.");
            return null;
        }

        var absolute = scope.Absolute(path.Text);
        if (!scope.Files.Contains(absolute))
        {
            scope.Files.Add(absolute);
        }

        var bytes = SourceFile.Read(absolute, out var unreadable);
        if (bytes is not null)
        {
            return FromBytes(scope, path, bytes);
        }

        scope.Fault(path, unreadable is null
            ? $"The schema file `{shown}` does not exist. Paths are relative to this file."
            : $"The schema file `{shown}` cannot be read: {unreadable}");
        return null;
    }

    private static SchemaSource? FromBytes(LoadScope scope, SourceScalar path, byte[] bytes)
    {
        var file = scope.Named(path.Text);
        if (Path.GetExtension(path.Text) is not (".yaml" or ".yml"))
        {
            return FromJson(scope, path, file, bytes);
        }

        var reading = YamlDocument.Read(bytes, environment: null);
        foreach (var fault in reading.Faults)
        {
            scope.Faults.AddDecisive(file, fault.Place, fault.Message);
        }

        if (reading.Root is not null)
        {
            return FromTree(scope, file, reading.Root, path);
        }

        if (reading.Faults.Count == 0)
        {
            scope.Fault(path, $"The schema file `{Excerpt.Of(path.Text)}` is empty.");
        }

        return null;
    }

    private static SchemaSource? FromTree(LoadScope scope, string file, SourceNode schema, SourceNode reference)
    {
        var json = SourceJson.Write(schema);
        return Compile(scope, reference, json, error => scope.Faults.Add(
            file, SourceJson.Locate(schema, SchemaPath.Of(error.Pointer).Names, key: true), Sentence(error)));
    }

    private static SchemaSource? FromJson(LoadScope scope, SourceScalar path, string file, byte[] bytes)
    {
        if (bytes.Length > YamlDocument.BytesMax)
        {
            scope.Fault(path, $"The schema file `{Excerpt.Of(path.Text)}` is larger than 1 MB.");
            return null;
        }

        var mark = Encoding.UTF8.Preamble;
        var json = bytes.AsMemory(bytes.AsSpan().StartsWith(mark) ? mark.Length : 0);
        return Compile(scope, path, json, error =>
            scope.Faults.Add(file, new(error.Line, error.Column), Sentence(error)));
    }

    private static SchemaSource? Compile(
        LoadScope scope, SourceNode reference, ReadOnlyMemory<byte> json, Action<SchemaError> report)
    {
        var compilation = CompiledSchema.Compile(json.Span, SchemaOptions.AssertingFormats);
        foreach (var error in compilation.Errors)
        {
            report(error);
        }

        if (compilation.Schema is not { Root: var view })
        {
            return null;
        }

        if ((view.Types & SchemaTypes.Object) != 0
            || ((view.Types & SchemaTypes.Array) != 0 && view.Items is { Types: var items }
                && (items & SchemaTypes.Object) != 0))
        {
            return new(json, view);
        }

        scope.Fault(reference, "The schema of a form must take an object, or a list of objects: write `type: object`, "
            + "or `type: array` with `items: {type: object}`.");
        return null;
    }

    private static string Sentence(SchemaError error) =>
        $"Schema: {error.Message}{(error.Message.EndsWith('?') || error.Message.EndsWith('.') ? "" : ".")}";
}
