using System.Text.Json;

namespace Postroom.Plans.Resources;

/// <summary>Goes over the members of an object that a walk has accepted, without looking into their values.</summary>
internal ref struct TopMembers
{
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;

    public TopMembers(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        IsObject = _reader.Read() && _reader.TokenType == JsonTokenType.StartObject;
    }

    /// <summary>False for anything but an object, which has no members.</summary>
    public bool IsObject { get; }

    /// <summary>The member's name, unescaped.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Where the member begins: at the quote of its name.</summary>
    public int Start { get; private set; }

    /// <summary>Where its value begins.</summary>
    public int ValueStart { get; private set; }

    /// <summary>Behind its value.</summary>
    public int End { get; private set; }

    public readonly ReadOnlySpan<byte> Member => _json[Start..End];

    public readonly ReadOnlySpan<byte> Value => _json[ValueStart..End];

    public bool MoveNext()
    {
        if (!IsObject || !_reader.Read() || _reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        Start = (int)_reader.TokenStartIndex;
        Name = _reader.GetString()!;
        _reader.Read();
        ValueStart = (int)_reader.TokenStartIndex;
        _reader.Skip();
        End = (int)_reader.BytesConsumed;
        return true;
    }
}
