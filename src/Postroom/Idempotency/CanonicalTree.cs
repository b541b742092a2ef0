using System.Buffers;
using System.Text.Json;
using Postroom.JsonSchema;

namespace Postroom.Idempotency;

/// <summary>
/// The values of a well-formed document, linked; texts with escapes are decoded, all others stay in place.
/// </summary>
internal ref struct CanonicalTree
{
    private const int NodesAtFirst = 64;

    private readonly ReadOnlySpan<byte> _document;
    private CanonicalNode[] _nodes = ArrayPool<CanonicalNode>.Shared.Rent(NodesAtFirst);
    private int _count;
    private Utf8JsonReader _reader;
    private byte[]? _decoded;
    private int _decodedLength;

    public CanonicalTree(ReadOnlySpan<byte> document)
    {
        _document = document;
        _reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = CompiledSchema.DepthMaxLimit });
        _reader.Read();
        Add(default);
    }

    public readonly ref CanonicalNode this[int index] => ref _nodes[index];

    public readonly ReadOnlySpan<byte> Name(int node) => Slice(_nodes[node].NameStart, _nodes[node].NameLength);

    public readonly ReadOnlySpan<byte> Text(int node) => Slice(_nodes[node].TextStart, _nodes[node].TextLength);

    public void Dispose()
    {
        ArrayPool<CanonicalNode>.Shared.Return(_nodes);
        _nodes = [];
        if (_decoded is not null)
        {
            ArrayPool<byte>.Shared.Return(_decoded);
            _decoded = null;
        }
    }

    private int Add((int Start, int Length) name)
    {
        CanonicalNode node = new() { NameStart = name.Start, NameLength = name.Length, Type = _reader.TokenType };
        if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            int index = Keep(node);
            AddChildren(index, _reader.TokenType == JsonTokenType.StartObject);
            return index;
        }

        (node.TextStart, node.TextLength) = Locate();
        return Keep(node);
    }

    private void AddChildren(int parent, bool isObject)
    {
        int last = 0;
        while (_reader.Read() && _reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            (int, int) name = default;
            if (isObject)
            {
                name = Locate();
                _reader.Read();
            }

            int child = Add(name);
            if (last == 0)
            {
                _nodes[parent].FirstChild = child;
            }
            else
            {
                _nodes[last].Next = child;
            }

            _nodes[parent].ChildCount++;
            last = child;
        }
    }

    private int Keep(CanonicalNode node)
    {
        if (_count == _nodes.Length)
        {
            CanonicalNode[] larger = ArrayPool<CanonicalNode>.Shared.Rent(_count * 2);
            _nodes.CopyTo(larger, 0);
            ArrayPool<CanonicalNode>.Shared.Return(_nodes);
            _nodes = larger;
        }

        _nodes[_count] = node;
        return _count++;
    }

    /// <summary>Tells where the token's text stands, decoding it when it has escapes.</summary>
    private (int Start, int Length) Locate()
    {
        bool isQuoted = _reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        if (!_reader.ValueIsEscaped)
        {
            return ((int)_reader.TokenStartIndex + (isQuoted ? 1 : 0), _reader.ValueSpan.Length);
        }

        _decoded ??= ArrayPool<byte>.Shared.Rent(_document.Length);
        int start = _decodedLength;
        int length = _reader.CopyString(_decoded.AsSpan(start));
        _decodedLength += length;
        return (-1 - start, length);
    }

    private readonly ReadOnlySpan<byte> Slice(int start, int length) =>
        start >= 0 ? _document.Slice(start, length) : _decoded.AsSpan(-1 - start, length);
}
