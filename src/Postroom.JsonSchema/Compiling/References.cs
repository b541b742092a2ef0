using Postroom.JsonSchema.Model;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Follows <c>$ref</c> within the schema text: "#" and JSON Pointers behind it.</summary>
internal static class References
{
    public static void Follow(
        SchemaCompiler compiler, SourceNode root, IReadOnlyList<(SchemaNode Node, SourceNode Reference)> references)
    {
        foreach ((SchemaNode node, SourceNode reference) in references)
        {
            SourceNode? target = Find(compiler, reference);
            node.InPlace!.Reference = target is null ? SchemaNode.Anything : compiler.NodeAt(target);
        }
    }

    private static SourceNode? Find(SchemaCompiler compiler, SourceNode reference)
    {
        string text = compiler.Text(reference);
        if (!text.StartsWith('#'))
        {
            compiler.Error(reference, $"the reference {text} leaves the schema; only references into it are supported");
            return null;
        }

        string pointer = Uri.UnescapeDataString(text[1..]);
        if (pointer.Length > 0 && pointer[0] != '/')
        {
            compiler.Error(reference, $"the reference {text} must be # or a JSON Pointer behind #");
            return null;
        }

        SourceNode? target = Resource(compiler, reference);
        foreach (string token in pointer.Split('/').Skip(1))
        {
            target = target?.Child(PointerText.Unescape(token));
        }

        if (target is null)
        {
            compiler.Error(reference, $"the reference {text} leads nowhere");
        }
        else if (!compiler.IsSchema(target) && !IsUnderExtension(target))
        {
            compiler.Error(reference, $"the reference {text} leads to something that is not a schema");
            return null;
        }

        return target;
    }

    /// <summary>The nearest schema with its own <c>$id</c>, or the root: what "#" means there.</summary>
    private static SourceNode Resource(SchemaCompiler compiler, SourceNode from)
    {
        SourceNode node = from.Parent!;
        while (node.Parent is not null && !(compiler.IsSchema(node) && node.Child("$id") is not null))
        {
            node = node.Parent;
        }

        return node;
    }

    private static bool IsUnderExtension(SourceNode node)
    {
        for (SourceNode? at = node; at is not null; at = at.Parent)
        {
            if (at.Key.StartsWith("x-", StringComparison.Ordinal))
            {
                return node.IsObject || node.IsBoolean;
            }
        }

        return false;
    }
}
