using System.Text.Json;
using Postroom.JsonSchema.Model;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Turns a schema text into nodes. Goes on after an error, so that all are told together.</summary>
internal sealed class SchemaCompiler
{
    private const int SchemaDepthLimit = 256;

    private readonly byte[] _text;
    private readonly Dictionary<SourceNode, SchemaNode> _nodes = [];
    private readonly Queue<SourceNode> _unread = new();
    private readonly List<(SourceNode At, string Message)> _errors = [];
    private readonly List<(SchemaNode Node, SourceNode Reference)> _references = [];

    private SchemaCompiler(byte[] text, SchemaOptions options)
    {
        _text = text;
        Options = options;
    }

    public SchemaOptions Options { get; }

    public IReadOnlyCollection<SchemaNode> Nodes => _nodes.Values;

    public static SchemaCompilation Compile(ReadOnlySpan<byte> text, SchemaOptions options)
    {
        if (text.Length > options.SchemaBytesMax)
        {
            return Refused(new SchemaError("", 1, 1,
                $"the schema has {text.Length} bytes; at most {options.SchemaBytesMax} are allowed"));
        }

        int depthMax = Math.Clamp(options.SchemaDepthMax, 1, SchemaDepthLimit);
        var faults = new SchemaFaults();
        if (CompiledSchema.Any.Walk(text, faults, depthMax) == JsonVerdict.Malformed)
        {
            Malformation fault = faults.Malformation!;
            return Refused(new SchemaError("", fault.Line, fault.Column, $"not acceptable JSON: {fault.Message}"));
        }

        return new SchemaCompiler(text.ToArray(), options).Compile(depthMax);
    }

    /// <summary>The node of a place where a schema stands; it is read later.</summary>
    public SchemaNode NodeAt(SourceNode source)
    {
        if (!_nodes.TryGetValue(source, out SchemaNode? node))
        {
            node = new SchemaNode(_nodes.Count, source.Pointer);
            _nodes.Add(source, node);
            _unread.Enqueue(source);
        }

        return node;
    }

    public bool IsSchema(SourceNode source) => _nodes.ContainsKey(source);

    public void Error(SourceNode at, string message) => _errors.Add((at, message));

    /// <summary>A <c>$ref</c> to follow once every schema of the text is known.</summary>
    public void Refer(SchemaNode node, SourceNode reference) => _references.Add((node, reference));

    public ReadOnlyMemory<byte> Raw(SourceNode source) => _text.AsMemory(source.Start..source.End);

    public string Text(SourceNode source) => JsonString.ToText(_text.AsSpan((source.Start + 1)..(source.End - 1)));

    private static SchemaCompilation Refused(SchemaError error) => new(null, [error]);

    private SchemaCompilation Compile(int depthMax)
    {
        SourceNode source = SourceNode.Read(_text, depthMax);
        SchemaNode root = NodeAt(source);
        ReadAll();
        References.Follow(this, source, _references);
        ReadAll();
        InPlaceChains.Check(this, _nodes);
        if (_errors.Count > 0)
        {
            return new SchemaCompilation(null, DescribeErrors());
        }

        foreach (SchemaNode node in _nodes.Values)
        {
            node.Objects?.Seal();
            node.Arrays?.Seal();
            node.Numbers?.Seal();
        }

        return new SchemaCompilation(new CompiledSchema(root), []);
    }

    private void ReadAll()
    {
        while (_unread.TryDequeue(out SourceNode? source))
        {
            Read(source, _nodes[source]);
        }
    }

    private void Read(SourceNode source, SchemaNode node)
    {
        if (source.IsBoolean)
        {
            node.IsNever = source.Type == JsonTokenType.False;
            node.Types = node.IsNever ? SchemaTypes.None : SchemaTypes.Any;
            return;
        }

        if (!source.IsObject)
        {
            Error(source, "a schema must be an object, true or false");
            return;
        }

        foreach (SourceNode keyword in source.Children)
        {
            if (Keywords.ByName.TryGetValue(keyword.Key, out KeywordReader? read))
            {
                read(this, node, keyword);
            }
            else if (keyword.Key.StartsWith("x-", StringComparison.Ordinal))
            {
                AnnotationKeywords.Extension(this, node, keyword);
            }
            else
            {
                Error(keyword, Keywords.Unknown(keyword.Key));
            }
        }
    }

    private List<SchemaError> DescribeErrors()
    {
        IEnumerable<(SourceNode At, string Message)> ordered = _errors.OrderBy(error => error.At.KeyStart);
        return [.. ordered.Take(Math.Max(1, Options.ErrorsMax)).Select(Describe)];
    }

    private SchemaError Describe((SourceNode At, string Message) error)
    {
        var position = TextPosition.Of(_text, error.At.KeyStart);
        return new SchemaError(error.At.Pointer, position.Line, position.Column, error.Message);
    }
}
