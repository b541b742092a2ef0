using System.Text.Json;
using Postroom.JsonSchema.Dialects;
using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;
using Postroom.JsonSchema.Patterns;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Turns a schema text into nodes. Goes on after an error, so that all are told together.</summary>
internal sealed class SchemaCompiler
{
    private const int NodesMax = 200_000;

    private readonly Dictionary<(SourceNode Source, DynamicScope Scope), SchemaNode> _nodes = [];
    private readonly Queue<(SourceNode Source, DynamicScope Scope, SchemaNode Node)> _unread = new();
    private readonly ErrorList _errors = new();
    private readonly ReferenceFinder _references;
    private readonly SchemaIndex _index;
    private DynamicScope _scope = DynamicScope.Outermost();

    private SchemaCompiler(SchemaOptions options)
    {
        Options = options;
        _index = new SchemaIndex(options, _errors);
        _references = new ReferenceFinder(_index, _errors, options);
    }

    public SchemaOptions Options { get; }

    /// <summary>The dialect of the schema that is being read.</summary>
    public Dialect Dialect { get; private set; } = KnownDialects.Draft202012;

    /// <summary>The patterns of this schema, each compiled once.</summary>
    public Dictionary<string, LinearPattern> Patterns { get; } = new(StringComparer.Ordinal);

    public static SchemaCompilation Compile(ReadOnlySpan<byte> text, SchemaOptions options) =>
        SchemaText.Check(options, text) is { } error
            ? new SchemaCompilation(null, [error])
            : new SchemaCompiler(options).Compile(text.ToArray());

    /// <summary>The node of a place where a schema stands, within the present scope; it is read later.</summary>
    public SchemaNode NodeAt(SourceNode source) => NodeAt(source, _scope);

    /// <summary>The node that a reference leads to; one that accepts everything when it leads nowhere.</summary>
    public SchemaNode Follow(SourceNode reference, bool isDynamic)
    {
        SourceNode? target = _references.Find(reference, isDynamic ? _scope : null);
        return target is null ? SchemaNode.Anything : NodeAt(target, _scope);
    }

    public void Error(SourceNode at, string message) => _errors.Add(at, message);

    private SchemaNode NodeAt(SourceNode source, DynamicScope scope)
    {
        scope = _index.HasDynamicReferences ? scope.Enter(source.Resource!) : scope;
        if (_nodes.TryGetValue((source, scope), out SchemaNode? node))
        {
            return node;
        }

        if (_nodes.Count >= NodesMax)
        {
            Error(source, $"the schema consists of more than {NodesMax} schemas");
            return SchemaNode.Anything;
        }

        node = new SchemaNode(_nodes.Count, PlaceOf(source));
        _nodes.Add((source, scope), node);
        _unread.Enqueue((source, scope, node));
        return node;
    }

    private static SchemaPlace PlaceOf(SourceNode source)
    {
        string document = source.Document.IsMain ? "" : source.Document.Uri;
        SchemaResource resource = source.Resource!;
        return new SchemaPlace(
            source.Pointer, document, resource.Uri.WithoutFragment, resource.Root.Pointer.Length);
    }

    private SchemaCompilation Compile(byte[] text)
    {
        SchemaNode root = NodeAt(_index.Open(text), _scope);
        while (_unread.TryDequeue(out (SourceNode Source, DynamicScope Scope, SchemaNode Node) next))
        {
            _scope = next.Scope;
            Dialect = next.Source.Resource!.Dialect;
            Read(next.Source, next.Node);
        }

        InPlaceChains.Check(this, _nodes);
        if (_errors.Count > 0)
        {
            return new SchemaCompilation(null, _errors.Describe(Options.ErrorsMax));
        }

        foreach (SchemaNode node in _nodes.Values)
        {
            node.Seal();
        }

        return new SchemaCompilation(new CompiledSchema(root), []);
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

        if (Dialect.ReferenceStandsAlone && source.Child("$ref") is { } reference)
        {
            ReadKeyword(node, reference);
            List<SourceNode> kept = source.Child("definitions") is { IsObject: true } map ? map.Children : [];
            kept.ForEach(child => NodeAt(child));
            return;
        }

        foreach (SourceNode keyword in source.Children)
        {
            ReadKeyword(node, keyword);
        }
    }

    private void ReadKeyword(SchemaNode node, SourceNode keyword)
    {
        if (Dialect.Rules.TryGetValue(keyword.Key, out KeywordRule? rule))
        {
            rule.Read(this, node, keyword);
        }
        else if (keyword.Key.StartsWith("x-", StringComparison.Ordinal))
        {
            AnnotationKeywords.Extension(this, node, keyword);
        }
        else if (!Options.IgnoreUnknown && Dialect.IsComplete)
        {
            Error(keyword, UnknownKeywords.Describe(keyword.Key, Dialect));
        }
    }
}
