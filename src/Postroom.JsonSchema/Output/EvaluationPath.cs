using System.Globalization;
using System.Text;
using Postroom.JsonSchema.Model;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Output;

/// <summary>
/// The way through the schema on which a schema judged a value (JSON Schema Core, section 12.3.1): the shortest one
/// from the root that goes into the document as its pointer does. Looked for when it is written down, so that a walk
/// need not keep it.
/// </summary>
internal sealed class EvaluationPath(SchemaNode target, string[] tokens)
{
    private readonly Queue<(SchemaNode Node, int Depth, string Path)> _open = new();
    private readonly HashSet<(SchemaNode Node, int Depth)> _known = [];
    private string? _found;

    /// <summary>A JSON Pointer; that of the schema itself where no way is found.</summary>
    /// <param name="root">The schema of the document.</param>
    /// <param name="target">The schema at the end of the way.</param>
    /// <param name="pointer">The value that it judged.</param>
    public static string Find(SchemaNode root, SchemaNode target, string pointer)
    {
        string[] tokens = [.. pointer.Split('/').Skip(1).Select(PointerText.Unescape)];
        return new EvaluationPath(target, tokens).Find(root) ?? target.Pointer;
    }

    private string? Find(SchemaNode root)
    {
        Open(root, 0, "");
        while (_found is null && _open.TryDequeue(out (SchemaNode Node, int Depth, string Path) next))
        {
            OpenInPlace(next.Node, next.Depth, next.Path);
            if (next.Depth < tokens.Length)
            {
                OpenMembers(next.Node, next.Depth, next.Path);
                OpenItems(next.Node, next.Depth, next.Path);
            }
        }

        return _found;
    }

    private void Open(SchemaNode? node, int depth, string path)
    {
        if (node is null || _found is not null || !_known.Add((node, depth)))
        {
            return;
        }

        _found = ReferenceEquals(node, target) && depth == tokens.Length ? path : null;
        _open.Enqueue((node, depth, path));
    }

    private void OpenInPlace(SchemaNode node, int depth, string path)
    {
        if (node.InPlace?.Declared is { } rules)
        {
            Open(rules.Reference, depth, path + "/$ref");
            Open(rules.DynamicReference, depth, path + "/$dynamicRef");
            OpenList(rules.AllOf, depth, path + "/allOf/");
            OpenList(rules.AnyOf, depth, path + "/anyOf/");
            OpenList(rules.OneOf, depth, path + "/oneOf/");
            Open(rules.Not, depth, path + "/not");
            Open(rules.If, depth, path + "/if");
            Open(rules.Then, depth, path + "/then");
            Open(rules.Else, depth, path + "/else");
        }

        foreach (Dependent dependent in node.Objects?.DeclaredDependents ?? [])
        {
            Open(dependent.Schema, depth, PointerText.Append($"{path}/{dependent.Keyword}", dependent.Name));
        }
    }

    private void OpenMembers(SchemaNode node, int depth, string path)
    {
        if (node.Objects is not { } rules)
        {
            return;
        }

        string name = tokens[depth];
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        Open(rules.DeclaredPropertyNames, depth + 1, path + "/propertyNames");
        Open(rules.Declared.Find(property => property.Name == name).Schema, depth + 1,
            PointerText.Append(path + "/properties", name));
        foreach (PatternProperty pattern in rules.DeclaredPatterns.Where(pattern => pattern.Pattern.IsMatch(bytes)))
        {
            Open(pattern.Schema, depth + 1, PointerText.Append(path + "/patternProperties", pattern.Text));
        }

        Open(rules.DeclaredAdditional, depth + 1, path + "/additionalProperties");
        Open(rules.DeclaredUnevaluated, depth + 1, path + "/unevaluatedProperties");
    }

    private void OpenItems(SchemaNode node, int depth, string path)
    {
        if (node.Arrays is not { } rules
            || !int.TryParse(tokens[depth], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return;
        }

        if (index < rules.DeclaredPrefix.Length)
        {
            Open(rules.DeclaredPrefix[index], depth + 1, $"{path}/{rules.PrefixKeyword}/{tokens[depth]}");
        }
        else
        {
            Open(rules.DeclaredItems, depth + 1, $"{path}/{rules.ItemsKeyword}");
        }

        Open(rules.DeclaredContains, depth + 1, path + "/contains");
        Open(rules.DeclaredUnevaluated, depth + 1, path + "/unevaluatedItems");
    }

    private void OpenList(SchemaNode[] nodes, int depth, string path)
    {
        for (int index = 0; index < nodes.Length; index++)
        {
            Open(nodes[index], depth, path + index.ToString(CultureInfo.InvariantCulture));
        }
    }
}
