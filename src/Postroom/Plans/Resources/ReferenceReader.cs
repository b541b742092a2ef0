using System.Text.Json;
using Postroom.JsonSchema;

namespace Postroom.Plans.Resources;

/// <summary>
/// Reads <c>x-ref</c> of the schema: the path of a resource, or <c>{to, delete}</c>, on a field that holds an id.
/// </summary>
internal static class ReferenceReader
{
    private const string Keyword = "x-ref";
    private const int DepthMax = 4;

    public static IReadOnlyList<ReferenceRule> Read(SchemaView schema, RecordColumns columns, Action<string> fault)
    {
        var rules = new List<ReferenceRule>();
        Read(schema, [], columns, rules, fault);
        foreach (var (pointer, _) in SchemaPlaces.Below(schema)
            .Where(place => place.View.Extension(Keyword) is not null
                && !rules.Exists(rule => rule.Pointer == place.Pointer)))
        {
            fault($"schema: {pointer} has {Keyword}, which can only be where the record has one value: not in a list, "
                + "and at most four levels deep.");
        }

        return rules;
    }

    private static void Read(
        SchemaView view, IReadOnlyList<string> above, RecordColumns columns, List<ReferenceRule> rules,
        Action<string> fault)
    {
        foreach (var property in view.Properties)
        {
            string[] path = [.. above, property.Name];
            if (property.Schema.Extension(Keyword) is { } json)
            {
                if (Rule(path, property.Schema, json, columns, fault) is { } rule)
                {
                    rules.Add(rule);
                }
            }
            else if ((property.Schema.Types & ~SchemaTypes.Null) == SchemaTypes.Object && path.Length < DepthMax)
            {
                Read(property.Schema, path, columns, rules, fault);
            }
        }
    }

    private static ReferenceRule? Rule(
        string[] path, SchemaView field, ReadOnlyMemory<byte> json, RecordColumns columns, Action<string> fault)
    {
        var pointer = string.Concat(path.Select(name => "/" + SchemaPlaces.Escaped(name)));
        if ((field.Types & ~SchemaTypes.Null) != SchemaTypes.String || field.Format == "date-time")
        {
            fault($"schema: {pointer} has {Keyword}, so it holds an id. Write `type: string`.");
            return null;
        }

        if (!TryRead(json, out var to, out var delete))
        {
            fault($"schema: {Keyword} of {pointer} is the path of a resource, such as /api/users, or "
                + "{to: /api/users, delete: restrict}, where delete is restrict, cascade or null.");
            return null;
        }

        if (delete == ReferenceDelete.Null && (field.Types & SchemaTypes.Null) == 0)
        {
            fault($"schema: {pointer} becomes null when what it refers to is deleted, so it must allow that. "
                + "Write `type: [string, \"null\"]`.");
            return null;
        }

        return new ReferenceRule(path, pointer, columns.Add(path)!, to, delete);
    }

    private static bool TryRead(ReadOnlyMemory<byte> json, out string to, out ReferenceDelete delete)
    {
        delete = ReferenceDelete.Restrict;
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object)
        {
            to = root.TryGetProperty("to", out var path) ? Text(path) : "";
            return to.Length > 0 && root.EnumerateObject().All(member => member.Name is "to" or "delete")
                && (!root.TryGetProperty("delete", out var what) || TryRead(what, out delete));
        }

        to = Text(root);
        return to.Length > 0;
    }

    /// <summary>YAML reads <c>delete: null</c> as nothing, which says the same.</summary>
    private static bool TryRead(JsonElement what, out ReferenceDelete delete)
    {
        ReferenceDelete? read = what.ValueKind == JsonValueKind.Null ? ReferenceDelete.Null : Text(what) switch
        {
            "restrict" => ReferenceDelete.Restrict,
            "cascade" => ReferenceDelete.Cascade,
            "null" => ReferenceDelete.Null,
            _ => null,
        };
        delete = read ?? default;
        return read is not null;
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text ? text : "";
}
