using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Postroom.Declarations.Yaml;

/// <summary>
/// Builds the tree of one YAML text from the parser's events, with bounds on depth, nodes and aliases.
/// </summary>
internal sealed class YamlComposer
{
    private const int KeyLengthMax = 1000;
    private const int FaultsMax = 1000;

    private readonly YamlEvents _events;
    private readonly Func<string, string?>? _environment;
    private readonly ComposedSize _size = new();
    private readonly Dictionary<string, (SourceNode Node, ComposedSize.Part Size)> _anchors = [];
    private readonly HashSet<string> _open = [];

    /// <param name="events">The text.</param>
    /// <param name="environment">Looks variables up; null leaves <c>${…}</c> as it stands.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public YamlComposer(YamlEvents events, Func<string, string?>? environment, List<TextFault> faults)
    {
        _events = events;
        _environment = environment;
        Faults = faults;
    }

    private List<TextFault> Faults { get; }

    /// <summary>The document's value; null for an empty text or when bounds were broken.</summary>
    /// <exception cref="YamlException">The text breaks the grammar.</exception>
    public SourceNode? Compose()
    {
        _events.Take<StreamStart>();
        if (_events.Current is StreamEnd)
        {
            return null;
        }

        _events.Take<DocumentStart>();
        var root = Node(depth: 0);
        if (root is null)
        {
            return null;
        }

        _events.Take<DocumentEnd>();
        if (_events.Current is not StreamEnd)
        {
            Add(_events.Current, "A second document begins here. One file holds one document: remove the `---`.");
        }

        return root;
    }

    private static SourcePlace PlaceOf(ParsingEvent parsed) => new((int)parsed.Start.Line, (int)parsed.Start.Column);

    private void Add(ParsingEvent where, string message)
    {
        if (Faults.Count < FaultsMax)
        {
            Faults.Add(new(PlaceOf(where), message));
        }
    }

    private SourceNode? Stop(ParsingEvent where, string message)
    {
        Add(where, message);
        return null;
    }

    /// <summary>The next value; null when a bound is broken and nothing more is read.</summary>
    private SourceNode? Node(int depth)
    {
        var current = _events.Current;
        _size.AddNode(depth);
        if (_size.Fault is { } fault)
        {
            return Stop(current, fault);
        }

        if (current is AnchorAlias alias)
        {
            return Alias(alias, depth);
        }

        var content = (NodeEvent)current;
        CheckTag(content);
        return content.Anchor.IsEmpty ? Content(content, depth) : Anchor(content, depth);
    }

    private SourceNode? Content(NodeEvent current, int depth) => current switch
    {
        Scalar scalar => ScalarNode(scalar),
        SequenceStart start => Sequence(start, depth),
        _ => Mapping((MappingStart)current, depth),
    };

    private SourceNode? Anchor(NodeEvent current, int depth)
    {
        var name = current.Anchor.Value;
        _open.Add(name);
        var node = _size.Measure(depth, () => Content(current, depth), out var size);
        _open.Remove(name);
        if (node is not null)
        {
            _anchors[name] = (node, size);
        }

        return node;
    }

    private SourceNode? Alias(AnchorAlias alias, int depth)
    {
        var name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var anchored))
        {
            return Stop(alias, _open.Contains(name)
                ? $"`*{name}` stands inside the value that it names."
                : $"`*{name}` names no anchor: no `&{name}` stands above.");
        }

        _size.Repeat(anchored.Size, depth);
        if (_size.Fault is { } fault)
        {
            return Stop(alias, fault);
        }

        _events.Take<AnchorAlias>();
        return anchored.Node with { Place = PlaceOf(alias) };
    }

    private void CheckTag(NodeEvent node)
    {
        if (!node.Tag.IsEmpty && !IsString(node.Tag))
        {
            Add(node, $"The tag `{node.Tag}` is not supported. Remove it; quotes make a value a text.");
        }
    }

    private static bool IsString(TagName tag) =>
        tag is { IsEmpty: false, IsNonSpecific: true } || (!tag.IsEmpty && tag.Value == "tag:yaml.org,2002:str");

    private SourceScalar ScalarNode(Scalar scalar)
    {
        _events.Take<Scalar>();
        var place = PlaceOf(scalar);
        if (Replaced(scalar) is not { } text)
        {
            return new(place, ScalarKind.String, "");
        }

        _size.AddText(text);
        if (scalar.Style != ScalarStyle.Plain || IsString(scalar.Tag))
        {
            return new(place, ScalarKind.String, text);
        }

        if (CoreSchema.Resolve(text, place) is { } resolved)
        {
            return resolved;
        }

        Add(scalar, "This number cannot be used. Put it in quotes where a text is meant.");
        return new(place, ScalarKind.String, "");
    }

    /// <summary>The text with variables replaced; null when it cannot be had.</summary>
    private string? Replaced(Scalar scalar)
    {
        string? fault = null;
        var text = _environment is null ? scalar.Value : EnvironmentText.Replace(scalar.Value, _environment, out fault);
        if (text is not null && TextDecoding.HasNulOrLoneSurrogate(text))
        {
            fault = "A NUL or half of a surrogate pair may not stand in a text.";
        }

        if (fault is null)
        {
            return text;
        }

        Add(scalar, fault);
        return null;
    }

    private SourceSequence? Sequence(SequenceStart start, int depth)
    {
        _events.Take<SequenceStart>();
        var items = new List<SourceNode>();
        while (_events.Current is not SequenceEnd)
        {
            if (Node(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        _events.Take<SequenceEnd>();
        return new(PlaceOf(start), items);
    }

    private SourceMapping? Mapping(MappingStart start, int depth)
    {
        _events.Take<MappingStart>();
        var entries = new OrderedDictionary<string, SourceEntry>();
        while (_events.Current is not MappingEnd)
        {
            if (Key() is not { } key || Node(depth + 1) is not { } value)
            {
                return null;
            }

            var place = PlaceOf(key);
            if (!entries.TryAdd(key.Value, new(key.Value, place, value)))
            {
                Add(key, $"The key `{Excerpt.Of(key.Value)}` stands twice; the first is on line "
                    + $"{entries[key.Value].KeyPlace.Line}.");
            }
        }

        _events.Take<MappingEnd>();
        return new(PlaceOf(start), entries);
    }

    private Scalar? Key()
    {
        if (_events.Current is not Scalar key)
        {
            Add(_events.Current, "A key must be a plain text, such as `name:`.");
            return null;
        }

        switch (key)
        {
            case { Value.Length: > KeyLengthMax }:
                Add(key, $"A key is longer than {KeyLengthMax} characters.");
                return null;
            case { Value: var text } when TextDecoding.HasNulOrLoneSurrogate(text):
                Add(key, "A NUL or half of a surrogate pair may not stand in a key.");
                return null;
            case { Style: ScalarStyle.Plain, Value: "<<" }:
                Add(key, "Merge keys (`<<`) are not supported. Repeat the keys, or use an alias for the whole value.");
                break;
            case { Style: ScalarStyle.Plain, Value: "" }:
                Add(key, "A key is missing before the `:`.");
                break;
        }

        _size.AddText(key.Value);
        return _events.Take<Scalar>();
    }
}
