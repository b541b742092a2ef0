using System.Text.Json;
using System.Text.Json.Nodes;
using Postroom.JsonSchema.Compiling;
using Postroom.JsonSchema.Dialects;
using Postroom.JsonSchema.Loading;

namespace Postroom.JsonSchema.Bundling;

/// <summary>Writes one schema into a bundle, and what it refers to.</summary>
internal sealed class BundleWriter
{
    private readonly SchemaBundle _bundle;
    private readonly SchemaIndex _index;
    private readonly ReferenceFinder _references;
    private readonly ErrorList _errors = new();
    private readonly JsonDocumentOptions _reading;
    private readonly Dictionary<SourceNode, string> _names = [];
    private readonly Queue<SourceNode> _unwritten = new();
    private string _mainName = "";

    public BundleWriter(SchemaBundle bundle, SchemaOptions options)
    {
        _bundle = bundle;
        _index = new SchemaIndex(options, _errors);
        _references = new ReferenceFinder(_index, _errors, options);
        _reading = new JsonDocumentOptions { MaxDepth = options.DepthMax };
    }

    public string Write(string name, byte[] text)
    {
        _mainName = Reserve(_index.Open(text), name);
        while (_unwritten.TryDequeue(out SourceNode? source))
        {
            _bundle.Schemas[_names[source]] = Schema(source);
        }

        return _errors.Count == 0 ? _mainName : throw new ArgumentException("The schema does not compile.");
    }

    private JsonNode? Schema(SourceNode source)
    {
        if (!source.IsObject)
        {
            return Raw(source);
        }

        // Draft 7, section 8.3: beside $ref nothing else counts.
        Dialect dialect = source.Resource!.Dialect;
        IEnumerable<SourceNode> keywords = dialect.ReferenceStandsAlone && source.Child("$ref") is { } alone
            ? [alone]
            : source.Children;
        var written = new JsonObject();
        foreach (SourceNode keyword in keywords)
        {
            Write(written, keyword, dialect);
        }

        return written;
    }

    /// <summary>A keyword without effect in its dialect is left out, since it might have one in 2020-12.</summary>
    private void Write(JsonObject schema, SourceNode keyword, Dialect dialect)
    {
        switch (keyword.Key)
        {
            case "$schema" or "$id" or "$anchor" or "$dynamicAnchor" or "$recursiveAnchor" or "$vocabulary"
                or "$comment" or "$defs" or "definitions":
                // Names for references, which lead elsewhere now, and remarks that are not for readers.
                break;
            case "$ref" or "$dynamicRef" or "$recursiveRef":
                schema.TryAdd("$ref", _bundle.ReferenceTo(NameOf(keyword)));
                break;
            case "items" when keyword.IsArray:
                schema["prefixItems"] = List(keyword);
                break;
            case "additionalItems":
                if (keyword.Parent!.Child("items") is { IsArray: true })
                {
                    schema["items"] = Schema(keyword);
                }

                break;
            case "dependencies":
                WriteDependencies(schema, keyword);
                break;
            case var name when dialect.Rules.TryGetValue(name, out KeywordRule? rule):
                schema[name] = Value(keyword, rule.Below);
                break;
            case var name when name.StartsWith("x-", StringComparison.Ordinal):
                schema[name] = Raw(keyword);
                break;
        }
    }

    /// <summary>Since 2019-09 lists of names and schemas are keywords of their own.</summary>
    private void WriteDependencies(JsonObject schema, SourceNode keyword)
    {
        foreach (SourceNode member in keyword.Children)
        {
            string name = member.IsArray ? "dependentRequired" : "dependentSchemas";
            schema.TryAdd(name, new JsonObject());
            schema[name]![member.Key] = member.IsArray ? Raw(member) : Schema(member);
        }
    }

    private JsonNode? Value(SourceNode value, Below below) => below switch
    {
        Below.Schema or Below.SchemaOrList => Schema(value),
        Below.List => List(value),
        Below.Map => Map(value),
        _ => Raw(value),
    };

    private JsonArray List(SourceNode list) => new([.. list.Children.Select(Schema)]);

    private JsonObject Map(SourceNode map)
    {
        var written = new JsonObject();
        foreach (SourceNode member in map.Children)
        {
            written[member.Key] = Schema(member);
        }

        return written;
    }

    private JsonNode? Raw(SourceNode value) => JsonNode.Parse(value.Raw.Span, documentOptions: _reading);

    private string NameOf(SourceNode reference)
    {
        // Nothing is found where the schema does not compile, which is told at the end.
        if (_references.Find(reference, scope: null) is not { } target)
        {
            return _mainName;
        }

        if (!_names.TryGetValue(target, out string? name))
        {
            name = target.Document.IsMain ? Reserve(target, $"{_mainName}.{target.Key}") : NameInOther(target);
        }

        return name;
    }

    /// <summary>The place in another document, which an earlier schema may have led to.</summary>
    private string NameInOther(SourceNode target)
    {
        SourceNode root = target;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        List<BundledPlace> places = _bundle.SharedAt(target.Document.Uri, target.Pointer);
        if (places.Find(place => place.Document.Span.SequenceEqual(root.Raw.Span)) is { } shared)
        {
            return shared.Name;
        }

        string title = TitleOf(target.Document.Uri);
        string name = Reserve(target, target == root ? title : $"{title}.{target.Key}");
        places.Add(new BundledPlace(root.Raw, name));
        return name;
    }

    private string Reserve(SourceNode source, string wanted)
    {
        string name = _bundle.Reserve(wanted);
        _names.Add(source, name);
        _unwritten.Enqueue(source);
        return name;
    }

    /// <summary><c>shared/address.schema.json</c> is "address".</summary>
    private static string TitleOf(string uri)
    {
        string name = uri.TrimEnd('/');
        name = Uri.UnescapeDataString(name[(name.LastIndexOf('/') + 1)..]);
        foreach (string ending in (string[])[".json", ".yaml", ".yml", ".schema"])
        {
            name = name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name;
        }

        return name;
    }
}
