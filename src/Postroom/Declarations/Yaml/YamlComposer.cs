using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Postroom.Declarations.Yaml;

/// <summary>Builds the tree of one YAML text from the parser's events, with bounds on depth, nodes and aliases.</summary>
internal sealed class YamlComposer
{
    private const int DepthMax = 64;
    private const int KeyLengthMax = 1000;

    /// <summary>The most values, those that aliases repeat counted each time: an alias bomb ends here.</summary>
    private const int NodesMax = 100_000;

    /// <summary>The most characters in texts, counted in the same way.</summary>
    private const int CharactersMax = 4_000_000;

    private readonly Parser _parser;
    private readonly Func<string, string?>? _environment;
    private readonly Dictionary<string, Anchored> _anchors = [];
    private readonly HashSet<string> _open = [];
    private int _nodes;
    private long _characters;

    public YamlComposer(string text, Func<string, string?>? environment)
    {
        _parser = new(new Scanner(new StringReader(text), skipComments: true));
        _environment = environment;
    }

    public List<TextFault> Faults { get; } = [];

    /// <summary>The document's value; null for an empty text or when bounds were broken.</summary>
    /// <exception cref="YamlException">The text breaks the grammar.</exception>
    public SourceNode? Compose()
    {
        Take<StreamStart>();
        if (_parser.Current is StreamEnd)
            return null;
        Take<DocumentStart>();
        var root = Node(depth: 0);
        if (root is null)
            return null;
        Take<DocumentEnd>();
        if (_parser.Current is not StreamEnd)
            Add(_parser.Current!, "A second document begins here. One file holds one document: remove the `---`.");
        return root;
    }

    private static SourcePlace PlaceOf(ParsingEvent parsed) => new((int)parsed.Start.Line, (int)parsed.Start.Column);

    private T Take<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is null)
            _parser.MoveNext();
        var current = (T)_parser.Current!;
        _parser.MoveNext();
        return current;
    }

    private void Add(ParsingEvent where, string message) => Faults.Add(new(PlaceOf(where), message));

    /// <summary>The next value; null when a bound is broken and nothing more is read.</summary>
    private SourceNode? Node(int depth)
    {
        var current = _parser.Current!;
        _nodes++;
        if (IsOverfull(current))
            return null;
        if (depth > DepthMax)
            return Stop(current, $"The file nests deeper than {DepthMax} levels.");
        if (current is AnchorAlias alias)
            return Alias(alias);
        var anchor = ((NodeEvent)current).Anchor;
        var (nodes, characters) = (_nodes, _characters);
        if (!anchor.IsEmpty)
            _open.Add(anchor.Value);
        CheckTag((NodeEvent)current);
        SourceNode? node = current switch
        {
            Scalar scalar => ScalarNode(scalar),
            SequenceStart start => Sequence(start, depth),
            _ => Mapping((MappingStart)current, depth),
        };
        if (anchor.IsEmpty || node is null)
            return node;
        _open.Remove(anchor.Value);
        _anchors[anchor.Value] = new(node, _nodes - nodes + 1, _characters - characters);
        return node;
    }

    private bool IsOverfull(ParsingEvent where)
    {
        if (_nodes <= NodesMax && _characters <= CharactersMax)
            return false;
        Add(where, string.Create(CultureInfo.InvariantCulture,
            $"The file holds more than {NodesMax:N0} values or {CharactersMax:N0} characters, with what aliases repeat."));
        return true;
    }

    private SourceNode? Stop(ParsingEvent where, string message)
    {
        Add(where, message);
        return null;
    }

    private SourceNode? Alias(AnchorAlias alias)
    {
        var name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var anchored))
        {
            return Stop(alias, _open.Contains(name)
                ? $"`*{name}` stands inside the value that it names."
                : $"`*{name}` names no anchor: no `&{name}` stands above.");
        }

        _nodes += anchored.Nodes - 1;
        _characters += anchored.Characters;
        if (IsOverfull(alias))
            return null;
        Take<AnchorAlias>();
        return anchored.Node with { Place = PlaceOf(alias) };
    }

    private void CheckTag(NodeEvent node)
    {
        if (!node.Tag.IsEmpty && !IsString(node.Tag))
            Add(node, $"The tag `{node.Tag}` is not supported. Remove it; put a text in quotes where it must be a text.");
    }

    private static bool IsString(TagName tag) =>
        tag is { IsEmpty: false, IsNonSpecific: true } || (!tag.IsEmpty && tag.Value == "tag:yaml.org,2002:str");

    private SourceScalar ScalarNode(Scalar scalar)
    {
        Take<Scalar>();
        var place = PlaceOf(scalar);
        var text = scalar.Value;
        if (_environment is not null)
        {
            text = EnvironmentText.Replace(text, _environment, out var fault);
            if (fault is not null)
                Add(scalar, fault);
            text ??= "";
        }

        _characters += text.Length;

        if (HasUnpairedOrNul(text))
        {
            Add(scalar, "A NUL or half of a surrogate pair may not stand in a text.");
            text = "";
        }

        if (scalar.Style != ScalarStyle.Plain || IsString(scalar.Tag))
            return new(place, ScalarKind.String, text);
        if (CoreSchema.Resolve(text, place) is { } resolved)
            return resolved;
        Add(scalar, "This number cannot be used. Put it in quotes where a text is meant.");
        return new(place, ScalarKind.Null, "null");
    }

    private static bool HasUnpairedOrNul(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\0')
                return true;
            if (!char.IsSurrogate(text[index]))
                continue;
            if (index + 1 >= text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
                return true;
            index++;
        }

        return false;
    }

    private SourceSequence? Sequence(SequenceStart start, int depth)
    {
        Take<SequenceStart>();
        var items = new List<SourceNode>();
        while (_parser.Current is not SequenceEnd)
        {
            if (Node(depth + 1) is not { } item)
                return null;
            items.Add(item);
        }

        Take<SequenceEnd>();
        return new(PlaceOf(start), items);
    }

    private SourceMapping? Mapping(MappingStart start, int depth)
    {
        Take<MappingStart>();
        var entries = new OrderedDictionary<string, SourceEntry>();
        while (_parser.Current is not MappingEnd)
        {
            if (Key() is not { } key || Node(depth + 1) is not { } value)
                return null;
            var place = PlaceOf(key);
            if (!entries.TryAdd(key.Value, new(key.Value, place, value)))
            {
                Add(key, $"The key `{Excerpt.Of(key.Value)}` stands twice; the first is on line "
                    + $"{entries[key.Value].KeyPlace.Line}.");
            }
        }

        Take<MappingEnd>();
        return new(PlaceOf(start), entries);
    }

    private Scalar? Key()
    {
        if (_parser.Current is not Scalar key)
        {
            Add(_parser.Current!, "A key must be a plain text, such as `name:`.");
            return null;
        }

        if (key is { Style: ScalarStyle.Plain, Value: "<<" })
            Add(key, "Merge keys (`<<`) are not supported. Repeat the keys, or use an alias for the whole value.");
        else if (key is { Style: ScalarStyle.Plain, Value: "" })
            Add(key, "A key is missing before the `:`.");
        else if (key.Value.Length > KeyLengthMax)
            return TooLong(key);
        else if (HasUnpairedOrNul(key.Value))
            return Unwritable(key);
        ++_nodes;
        return Take<Scalar>();
    }

    private Scalar? TooLong(Scalar key)
    {
        Add(key, $"A key is longer than {KeyLengthMax} characters.");
        return null;
    }

    private Scalar? Unwritable(Scalar key)
    {
        Add(key, "A NUL or half of a surrogate pair may not stand in a key.");
        return null;
    }

    private sealed record Anchored(SourceNode Node, int Nodes, long Characters);
}
