using System.Text.Json;
using Postroom.JsonSchema.Compiling;
using Postroom.JsonSchema.Dialects;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Loading;

/// <summary>
/// Every document that a schema consists of, with the resources and anchors in them. Filled before anything is
/// compiled, so that a reference can lead anywhere.
/// </summary>
internal sealed class SchemaIndex(SchemaOptions options, ErrorList errors)
{
    private readonly Dictionary<string, SchemaResource?> _resources = new(StringComparer.Ordinal);
    private readonly Queue<(SourceNode Reference, string Uri)> _wanted = new();
    private readonly DialectFinder _dialects = new(options, errors);
    private int _documents;

    /// <summary>A schema has <c>$dynamicRef</c> or <c>$recursiveRef</c>: where they lead depends on the way.</summary>
    public bool HasDynamicReferences { get; private set; }

    /// <summary>Reads the text that is compiled and everything that it refers to.</summary>
    public SourceNode Open(byte[] text)
    {
        UriReference uri = UriReference.Parse(options.BaseUri);
        SourceNode root = Add(text, uri, isMain: true);
        LoadWanted();
        return root;
    }

    /// <summary>The resource of a URI without a fragment, or null.</summary>
    public SchemaResource? Find(string uri) => _resources.GetValueOrDefault(uri);

    /// <summary>Takes a place for a schema where none was expected, because a reference leads there.</summary>
    public void Adopt(SourceNode source)
    {
        SourceNode holder = source;
        while (holder.Resource is null)
        {
            holder = holder.Parent!;
        }

        Read(source, holder.Resource);
        LoadWanted();
    }

    private SourceNode Add(byte[] text, UriReference uri, bool isMain)
    {
        _documents++;
        var document = new SchemaDocument(uri.WithoutFragment, text, isMain);
        SourceNode root = document.Read(options.DepthMax);
        Dialect dialect = _dialects.Of(root) ?? KnownDialects.Draft202012;
        SchemaResource resource = Name(root, dialect, uri) ?? new SchemaResource(_resources.Count, uri, root, dialect);
        _resources[uri.WithoutFragment] = resource;
        Read(root, resource);
        return root;
    }

    private void LoadWanted()
    {
        while (_wanted.TryDequeue(out (SourceNode Reference, string Uri) wanted))
        {
            if (!_resources.ContainsKey(wanted.Uri))
            {
                _resources[wanted.Uri] = null;
                Load(wanted.Reference, wanted.Uri);
            }
        }
    }

    private void Load(SourceNode reference, string uri)
    {
        if (_documents >= options.DocumentsMax)
        {
            errors.Add(reference, $"the schema consists of more than {options.DocumentsMax} documents");
        }
        else if (SchemaText.Find(options, uri) is { } text)
        {
            if (SchemaText.Check(options, text.Span) is { } fault)
            {
                errors.Add(reference, $"{uri} cannot be read: {fault.Line}:{fault.Column} {fault.Message}");
                return;
            }

            Add(text.ToArray(), UriReference.Parse(uri), isMain: false);
        }
    }

    private void Read(SourceNode source, SchemaResource resource)
    {
        bool isReference = resource.Dialect.ReferenceStandsAlone && source.Child("$ref") is { IsString: true };
        if (source.Parent is not null && !isReference && source.Child("$id") is { IsString: true })
        {
            resource = Name(source, _dialects.Of(source) ?? resource.Dialect, resource.Uri) ?? resource;
        }

        source.Resource = resource;
        if (!source.IsObject)
        {
            return;
        }

        ReadAnchors(source, resource);
        foreach (SourceNode keyword in source.Children)
        {
            ReadReference(keyword, resource);
            if (resource.Dialect.Rules.TryGetValue(keyword.Key, out KeywordRule? rule))
            {
                ReadBelow(keyword, rule.Below, resource);
            }
        }
    }

    private void ReadBelow(SourceNode value, Below below, SchemaResource resource)
    {
        bool isList = below == Below.List || (below == Below.SchemaOrList && value.IsArray);
        if ((isList && value.IsArray) || (below is Below.Map or Below.MapWithLists && value.IsObject))
        {
            foreach (SourceNode child in value.Children)
            {
                if (below != Below.MapWithLists || !child.IsArray)
                {
                    Read(child, resource);
                }
            }
        }
        else if (below is Below.Schema || (below == Below.SchemaOrList && !isList))
        {
            Read(value, resource);
        }
    }

    /// <summary>Makes the resource of a schema with <c>$id</c>; null where there is none.</summary>
    private SchemaResource? Name(SourceNode source, Dialect dialect, UriReference home)
    {
        if (source.Child("$id") is not { IsString: true } identifier
            || (dialect.ReferenceStandsAlone && source.Child("$ref") is { IsString: true }))
        {
            return null;
        }

        UriReference uri = home.Resolve(identifier.Text);
        if (!string.IsNullOrEmpty(uri.Fragment))
        {
            if (!dialect.IdentifierMayBeAnchor)
            {
                errors.Add(identifier, "\"$id\" must have no fragment");
            }

            return null;
        }

        uri = uri with { Fragment = null };
        if (_resources.GetValueOrDefault(uri.WithoutFragment) is { } other && !ReferenceEquals(other.Root, source))
        {
            errors.Add(identifier, $"two schemas have the \"$id\" {uri.WithoutFragment}");
        }

        var resource = new SchemaResource(_resources.Count, uri, source, dialect);
        _resources[uri.WithoutFragment] = resource;
        return resource;
    }

    private void ReadAnchors(SourceNode source, SchemaResource resource)
    {
        if (source.Child("$anchor") is { IsString: true } anchor && resource.Dialect.Rules.ContainsKey("$anchor"))
        {
            AddAnchor(resource, anchor, anchor.Text);
        }

        if (source.Child("$dynamicAnchor") is { IsString: true } dynamic
            && resource.Dialect.Rules.ContainsKey("$dynamicAnchor"))
        {
            AddAnchor(resource, dynamic, dynamic.Text);
            resource.DynamicAnchors.TryAdd(dynamic.Text, source);
        }

        if (source == resource.Root && source.Child("$recursiveAnchor") is { Type: JsonTokenType.True })
        {
            resource.DynamicAnchors[SchemaResource.Recursive] = source;
        }

        if (resource.Dialect.IdentifierMayBeAnchor && source.Child("$id") is { IsString: true } identifier
            && identifier.Text is ['#', _, ..] name)
        {
            AddAnchor(resource, identifier, name[1..]);
        }
    }

    private void AddAnchor(SchemaResource resource, SourceNode keyword, string name)
    {
        if (!resource.Anchors.TryAdd(name, keyword.Parent!) && resource.Anchors[name] != keyword.Parent)
        {
            errors.Add(keyword, $"two schemas have the anchor {name}");
        }
    }

    private void ReadReference(SourceNode keyword, SchemaResource resource)
    {
        if (keyword.Key is not ("$ref" or "$dynamicRef" or "$recursiveRef") || !keyword.IsString
            || !resource.Dialect.Rules.ContainsKey(keyword.Key))
        {
            return;
        }

        HasDynamicReferences |= keyword.Key != "$ref";
        string uri = resource.Uri.Resolve(keyword.Text).WithoutFragment;
        if (!_resources.ContainsKey(uri))
        {
            _wanted.Enqueue((keyword, uri));
        }
    }
}
