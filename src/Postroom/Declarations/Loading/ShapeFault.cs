using System.Text.Json;
using Postroom.Declarations.Yaml;
using Postroom.Faults;
using Postroom.JsonSchema;

namespace Postroom.Declarations.Loading;

/// <summary>Says in the words of a YAML file what its schema refuses.</summary>
internal static class ShapeFault
{
    public static void Report(LoadScope scope, SourceNode root, SchemaFault fault)
    {
        var path = SchemaPath.Of(fault.Pointer);
        var node = SourceJson.Find(root, path.Names);
        var (place, message) = fault.Code switch
        {
            FaultCodes.AdditionalProperty => (KeyPlace(root, path), Unknown(path)),
            FaultCodes.Required => (KeyPlace(root, path.Parent), Absent(path)),
            FaultCodes.Type when node is SourceScalar { Kind: ScalarKind.Null } =>
                (KeyPlace(root, path), $"{path.Shown} has no value. Give it one or remove it."),
            FaultCodes.Type when node is not null =>
                (node.Place, $"{path.Shown} must be {Words(path)}; it is {Describe(node)}.{Hint(path, node)}"),
            FaultCodes.TooShort when node is SourceScalar { Text: "" } =>
                (node.Place, $"{path.Shown} is empty. Give it a text or remove it."),
            FaultCodes.Enum when node is SourceScalar text => (text.Place, NotOneOf(path, text)),
            _ => (SourceJson.Locate(root, path.Names), $"{path.Shown} {fault.Message}."),
        };
        scope.Faults.AddDecisive(scope.File, place, message);
    }

    private static SourcePlace KeyPlace(SourceNode root, SchemaPath path) =>
        SourceJson.Locate(root, path.Names, key: true);

    /// <summary>What a reader of YAML is likely to have meant.</summary>
    private static string Hint(SchemaPath path, SourceNode node)
    {
        var types = path.View(DeclarationSchema.Root)?.Types ?? SchemaTypes.Any;
        return node switch
        {
            SourceScalar { Kind: ScalarKind.String, Text: var text } when types == SchemaTypes.Object
                && text.Contains(':', StringComparison.Ordinal) => " Write a space after the colon.",
            SourceScalar { Kind: ScalarKind.Number or ScalarKind.Boolean } when (types & SchemaTypes.String) != 0
                && Example(path).Length == 0 => " Quotes make it a text.",
            SourceScalar { Kind: ScalarKind.String, Text: var text } when types == SchemaTypes.Array =>
                $" Write `{path.Last}: [{Excerpt.Of(text)}]`.",
            _ => "",
        };
    }

    private static string Example(SchemaPath path) =>
        path.View(DeclarationSchema.Root)?.Examples is { } list
            ? $" such as `{JsonDocument.Parse(list).RootElement[0]}`"
            : "";

    private static string Unknown(SchemaPath path)
    {
        var holder = path.Parent.View(DeclarationSchema.Root);
        var known = holder?.Properties ?? [];
        var sentence = $"Unknown key {path.Shown}.";
        if (known.FirstOrDefault(each => each.Schema.Property(path.Last) is not null) is { } below)
        {
            return $"{sentence} It belongs under `{below.Name}`.";
        }

        if (path.Names.Count == 1 && EndpointView.Property(path.Last) is not null)
        {
            return $"{sentence} It belongs under a path in `endpoints`.";
        }

        if (path.Names.Count > 1 && DeclarationSchema.Root.Property(path.Last) is not null)
        {
            return $"{sentence} It belongs to the whole file: write it without indentation.";
        }

        var available = known.Where(each => !UnavailableKeys.IsMarked(each.Schema)).Select(each => each.Name).ToList();
        var suggestion = NearestName.Suggest(path.Last, known.Select(each => each.Name));
        return suggestion.Length > 0 || available.Count == 0
            ? sentence + suggestion
            : $"{sentence} Known here: {string.Join(", ", available.Select(name => $"`{name}`"))}.";
    }

    private static SchemaView EndpointView =>
        DeclarationSchema.Root.Property("endpoints")!.Schema.AdditionalProperties!;

    private static string Absent(SchemaPath path)
    {
        var values = path.View(DeclarationSchema.Root) is { } view ? UnavailableKeys.AvailableValues(view) : [];
        var example = values.Count > 0 ? $" Write `{path.Last}: {values[0]}`." : "";
        return $"{path.Parent.Shown} has no `{path.Last}`.{example}";
    }

    private static string NotOneOf(SchemaPath path, SourceScalar value)
    {
        var view = path.View(DeclarationSchema.Root)!;
        var available = UnavailableKeys.AvailableValues(view);
        var listed = string.Join(", ", available.Select(each => $"`{each}`"));
        var wanted = available.Count == 1 ? listed : $"one of {listed}";
        return $"{path.Shown} must be {wanted}, not `{Excerpt.Of(value.Text)}`."
            + NearestName.Suggest(value.Text, [.. available, .. UnavailableKeys.ValuesOf(view)]);
    }

    private static string Words(SchemaPath path)
    {
        var types = path.View(DeclarationSchema.Root)?.Types ?? SchemaTypes.Any;
        (SchemaTypes Type, string Words)[] names =
        [
            (SchemaTypes.String, "a text"), (SchemaTypes.Integer, "a whole number"),
            (SchemaTypes.Boolean, "`true` or `false`"), (SchemaTypes.Array, "a list"),
            (SchemaTypes.Object, "an object"),
        ];
        var fitting = names.Where(each => (types & each.Type) != 0).Select(each => each.Words).ToList();
        var all = fitting.Count == 1 ? fitting[0] : string.Join(", ", fitting.SkipLast(1)) + " or " + fitting[^1];
        return all + Example(path);
    }

    private static string Describe(SourceNode node) => node switch
    {
        SourceMapping => "an object",
        SourceSequence => "a list",
        SourceScalar { Kind: ScalarKind.String } => "a text",
        SourceScalar { Kind: ScalarKind.Number } number => $"the number {Excerpt.Of(number.Text)}",
        SourceScalar scalar => $"`{scalar.Text}`",
        _ => "something else",
    };
}
