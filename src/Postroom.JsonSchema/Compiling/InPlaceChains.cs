using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>
/// Refuses schemas that would judge one value for ever (a reference that comes back to itself without going into the
/// value), through more schemas in a row than the stack should hold, or by more schemas than any value is worth.
/// </summary>
internal sealed class InPlaceChains(SchemaCompiler compiler)
{
    private const int ChainMax = 64;
    private const int JudgesMax = 10_000;

    private readonly Dictionary<SchemaNode, SourceNode> _sources = [];
    private readonly Dictionary<SchemaNode, Measure> _measured = [];

    public static void Check(
        SchemaCompiler compiler, IReadOnlyDictionary<(SourceNode Source, DynamicScope Scope), SchemaNode> nodes)
    {
        var chains = new InPlaceChains(compiler);
        foreach (((SourceNode source, _), SchemaNode node) in nodes)
        {
            chains._sources.Add(node, source);
        }

        foreach (SchemaNode node in nodes.Values)
        {
            chains.Visit(node);
        }
    }

    /// <summary>Depth first with a stack of its own: a chain of references may be as long as the schema text.</summary>
    private void Visit(SchemaNode start)
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
                Close(top.Node);
            }
            else if (onPath.Contains(next))
            {
                compiler.Error(_sources[next], "the schema refers to itself without going into the value");
            }
            else
            {
                Open(next);
            }
        }

        void Open(SchemaNode node)
        {
            if (!_measured.ContainsKey(node) && onPath.Add(node))
            {
                open.Push((node, new Queue<SchemaNode>(Targets(node))));
            }
        }
    }

    private void Close(SchemaNode node)
    {
        int length = 1, judges = 1;
        foreach (SchemaNode target in Targets(node))
        {
            Measure below = _measured.GetValueOrDefault(target);
            length = Math.Max(length, below.Length + 1);
            judges = Math.Min(judges + below.Judges, JudgesMax + 1);
        }

        bool isFirst = Targets(node).All(target => _measured.GetValueOrDefault(target).Judges <= JudgesMax);
        _measured[node] = new Measure(length, judges);
        if (length == ChainMax + 1)
        {
            compiler.Error(_sources[node], $"one value would be judged by more than {ChainMax} schemas in a row");
        }
        else if (judges > JudgesMax && isFirst)
        {
            compiler.Error(_sources[node], $"one value would be judged by more than {JudgesMax} schemas");
        }
    }

    private static IEnumerable<SchemaNode> Targets(SchemaNode node)
    {
        IEnumerable<SchemaNode> targets = node.InPlace?.All() ?? [];
        return node.Objects is { DeclaredDependents: { Count: > 0 } dependents }
            ? targets.Concat(dependents.Select(dependent => dependent.Schema).OfType<SchemaNode>())
            : targets;
    }

    private readonly record struct Measure(int Length, int Judges);
}
