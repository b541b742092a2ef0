using System.Text.Json;
using Postroom.Faults;
using Postroom.JsonSchema;

namespace Postroom.Parsing;

/// <summary>Puts the members of well-formed JSON into a form's document, decoding every string once.</summary>
internal ref struct FormJsonReader
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly byte[] _text;
    private readonly FormDocument _document;
    private readonly FormRules _rules;
    private readonly bool _wrapsGroups;
    private Utf8JsonReader _reader;
    private int _length;

    /// <param name="json">Well-formed, without duplicates, within the depth.</param>
    /// <param name="text">The document's text; as long as the JSON, and decoding never makes longer.</param>
    /// <param name="document">Takes the members.</param>
    /// <param name="rules">The endpoint's rules.</param>
    /// <param name="wrapsGroups">True for what came without types: an object may be a list of one.</param>
    public FormJsonReader(
        ReadOnlySpan<byte> json, byte[] text, FormDocument document, FormRules rules, bool wrapsGroups = false)
    {
        _wrapsGroups = wrapsGroups;
        _json = json;
        _text = text;
        _document = document;
        _rules = rules;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = CompiledSchema.DepthMaxLimit });
    }

    public Fault? ReadDocument()
    {
        _reader.Read();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadTopMember() is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private Fault? ReadTopMember()
    {
        if (ReadName(out FormField name) is { } nameFault)
        {
            return nameFault;
        }

        ReadOnlySpan<byte> bytes = _text.AsSpan(name.NameStart, name.NameLength);
        _reader.Read();
        if (_document.IsControl(bytes))
        {
            return ReadControl(bytes);
        }

        return _document.Tree.Place(name.NameStart, name.NameLength, Content, out int node) ?? ReadValue(node, bytes);
    }

    private readonly FormNodeKind Content => _reader.TokenType switch
    {
        JsonTokenType.StartObject => FormNodeKind.Object,
        JsonTokenType.StartArray => FormNodeKind.Array,
        _ => FormNodeKind.Values,
    };

    private Fault? ReadName(out FormField field)
    {
        (int start, int length) = CopyText();
        field = new FormField(start, length, 0, 0);
        return length > _rules.Limits.Name
            ? ParsingFaults.NameTooLong(_rules.Limits.Name)
            : _document.ReadName(ref field);
    }

    /// <summary>Reads the value on which the reader stands into its place.</summary>
    private Fault? ReadValue(int node, ReadOnlySpan<byte> name)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                (int start, int length) = CopyText();
                return length > _rules.Limits.Value
                    ? ParsingFaults.ValueTooLong(name, _rules.Limits.Value)
                    : _document.AddText(node, start, length);
            case JsonTokenType.StartObject:
                return ReadMembers(node, name);
            case JsonTokenType.StartArray:
                return ReadElements(node, name);
            default:
                return ReadScalar(node, name);
        }
    }

    private Fault? ReadScalar(int node, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> scalar = _reader.ValueSpan;
        if (scalar.Length > _rules.Limits.Value)
        {
            return ParsingFaults.ValueTooLong(name, _rules.Limits.Value);
        }

        AddJson(node, scalar);
        return null;
    }

    private Fault? ReadMembers(int node, ReadOnlySpan<byte> name)
    {
        if (_document.Tree.Decide(node, FormNodeKind.Object, name) is { } contradiction)
        {
            return contradiction;
        }

        if (_wrapsGroups)
        {
            _document.Tree.Wrap(node);
        }

        _reader.Read();
        KeepIfEmpty(node, JsonTokenType.EndObject);
        while (_reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadName(out FormField member) is { } nameFault)
            {
                return nameFault;
            }

            int child = _document.Tree.Member(node, member.NameStart, member.NameLength);
            _reader.Read();
            if (ReadChild(child, _text.AsSpan(member.NameStart, member.NameLength)) is { } fault)
            {
                return fault;
            }

            _reader.Read();
        }

        return null;
    }

    private Fault? ReadElements(int node, ReadOnlySpan<byte> name)
    {
        if (_document.Tree.Decide(node, FormNodeKind.Array, name) is { } contradiction)
        {
            return contradiction;
        }

        _reader.Read();
        KeepIfEmpty(node, JsonTokenType.EndArray);
        while (_reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadChild(_document.Tree.Element(node), name) is { } fault)
            {
                return fault;
            }

            _reader.Read();
        }

        return null;
    }

    private Fault? ReadChild(int child, ReadOnlySpan<byte> name) =>
        (Content == FormNodeKind.Values ? _document.Tree.Decide(child, FormNodeKind.Values, name) : null)
        ?? ReadValue(child, name);

    /// <summary>An array or object that was sent empty is a value; one that held only empty boxes is absent.</summary>
    private readonly void KeepIfEmpty(int node, JsonTokenType end) =>
        _document.Tree.Nodes[node].IsPresent |= _reader.TokenType == end;

    private Fault? ReadControl(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> value;
        switch (_reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                (int start, int length) = CopyText();
                (start, length) = _document.Clean(start, length);
                value = _text.AsSpan(start, length);
                break;
            default:
                int first = (int)_reader.TokenStartIndex;
                _reader.Skip();
                value = _json[first..(int)_reader.BytesConsumed];
                break;
        }

        return value.Length > _rules.Limits.Value
            ? ParsingFaults.ValueTooLong(name, _rules.Limits.Value)
            : _document.AddControl(name, value);
    }

    private void AddJson(int node, ReadOnlySpan<byte> json)
    {
        json.CopyTo(_text.AsSpan(_length));
        _document.Tree.AddValue(node, _length, json.Length, isJson: true);
        _length += json.Length;
    }

    private (int Start, int Length) CopyText()
    {
        int start = _length;
        int length = _reader.CopyString(_text.AsSpan(start));
        _length += length;
        return (start, length);
    }
}
