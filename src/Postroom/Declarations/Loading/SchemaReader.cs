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
        SourceMapping inline => Compile(scope, inline, new(scope.File, SourceJson.Write(inline), inline), ""),
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
        if (bytes is null)
        {
            scope.Fault(path, unreadable is null
                ? $"The schema file `{shown}` does not exist. Paths are relative to this file."
                : $"The schema file `{shown}` cannot be read: {unreadable}");
            return null;
        }

        var written = WrittenSchema.Read(scope, scope.Named(path.Text), bytes, out var refusal);
        if (refusal is not null)
        {
            scope.Fault(path, $"The schema file `{shown}` {refusal}");
        }

        return written is null ? null : Compile(scope, path, written, UriOf(scope, absolute));
    }

    /// <summary>The file as seen from the declaration's folder, where references are looked up.</summary>
    private static string UriOf(LoadScope scope, string absolute)
    {
        var names = Path.GetRelativePath(scope.Folder, absolute).Split(Path.DirectorySeparatorChar);
        return string.Join('/', names.Select(Uri.EscapeDataString));
    }

    private static SchemaSource? Compile(LoadScope scope, SourceNode reference, WrittenSchema written, string uri)
    {
        var files = new SchemaFiles(scope, written);
        var options = SchemaOptions.AssertingFormats with { BaseUri = uri, Sources = [files] };
        var compilation = CompiledSchema.Compile(written.Json.Span, options);
        foreach (var error in compilation.Errors)
        {
            files.Report(error);
        }

        if (compilation.Schema is not { Root: var view })
        {
            return null;
        }

        if ((view.Types & SchemaTypes.Object) != 0
            || ((view.Types & SchemaTypes.Array) != 0 && view.Items is { Types: var items }
                && (items & SchemaTypes.Object) != 0))
        {
            return new(written.Json, view, options with { Sources = [files.Keep()] });
        }

        scope.Fault(reference, "The schema of a form must take an object, or a list of objects: write `type: object`, "
            + "or `type: array` with `items: {type: object}`.");
        return null;
    }
}
