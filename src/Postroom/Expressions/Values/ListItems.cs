using System.Text.Json;

namespace Postroom.Expressions.Values;

/// <summary>The items of a list, one after the other; those of a JSON array as parts of its text.</summary>
internal ref struct ListItems
{
    private readonly ExpressionValue _list;
    private readonly ExpressionType _element;
    private Utf8JsonReader _reader;
    private int _index;

    /// <param name="list">A list or a JSON array.</param>
    /// <param name="element">The type that its items are expected to have.</param>
    public ListItems(in ExpressionValue list, ExpressionType element)
    {
        (_list, _element) = (list, element);
        if (list.Kind == ExpressionValueKind.JsonArray)
        {
            _reader = new Utf8JsonReader(list.Bytes.Span, JsonDepth.Options);
            _reader.Read();
        }
    }

    public static int Count(in ExpressionValue list)
    {
        if (list.Kind == ExpressionValueKind.List)
        {
            return list.AsItems.Length;
        }

        var count = 0;
        var items = new ListItems(list, ExpressionType.Dyn);
        while (items.Skip())
        {
            count++;
        }

        return count;
    }

    public bool Next(out ExpressionValue item)
    {
        if (_list.Kind == ExpressionValueKind.List)
        {
            var items = _list.AsItems;
            var more = _index < items.Length;
            item = more ? items[_index++] : default;
            return more;
        }

        if (!Begin())
        {
            item = default;
            return false;
        }

        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        item = JsonReading.Read(_list.Bytes[start..(int)_reader.BytesConsumed], _element);
        return true;
    }

    private bool Skip()
    {
        if (!Begin())
        {
            return false;
        }

        _reader.Skip();
        return true;
    }

    private bool Begin() => _reader.Read() && _reader.TokenType != JsonTokenType.EndArray;
}
