using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>
/// Refuses schemas that would judge one value for ever (a reference that comes back to itself without going into the
/// value) or through more schemas in a row than the stack should hold.
/// </summary>
internal static class InPlaceChains
{
    private const int ChainMax = 64;

    public static void Check(SchemaCompiler compiler, IReadOnlyDictionary<SourceNode, SchemaNode> nodes)
    {
        var sources = nodes.ToDictionary(entry => entry.Value, entry => entry.Key);
        var lengths = new Dictionary<SchemaNode, int>();
        foreach (SchemaNode node in nodes.Values)
        {
            Measure(compiler, sources, lengths, node);
        }
    }

    /// <summary>Depth first with a stack of its own: a chain of references may be as long as the schema text.</summary>
    private static void Measure(
        SchemaCompiler compiler, Dictionary<SchemaNode, SourceNode> sources, Dictionary<SchemaNode, int> lengths,
        SchemaNode start)
    {
        var open = new Stack<(SchemaNode Node, Queue<SchemaNode> Next)>();
        var onPath = new HashSet<SchemaNode>();
        Open(start);
        while (open.TryPeek(out (SchemaNode Node, Queue<SchemaNode> Next) top))
        {
            if (!top.Next.TryDequeue(out SchemaNode? next))
            {
                open.Pop();
                onPath.Remove(top.Node);
                lengths[top.Node] = 1 + Targets(top.Node).Max(target => (int?)lengths.GetValueOrDefault(target)) ?? 1;
                if (lengths[top.Node] == ChainMax + 1)
                {
                    compiler.Error(
                        sources[top.Node], $"one value would be judged by more than {ChainMax} schemas in a row");
                }
            }
            else if (onPath.Contains(next))
            {
                compiler.Error(sources[next], "the schema refers to itself without going into the value");
            }
            else
            {
                Open(next);
            }
        }

        void Open(SchemaNode node)
        {
            if (!lengths.ContainsKey(node) && onPath.Add(node))
            {
                open.Push((node, new Queue<SchemaNode>(Targets(node))));
            }
        }
    }

    private static IEnumerable<SchemaNode> Targets(SchemaNode node) => node.InPlace?.All() ?? [];
}
