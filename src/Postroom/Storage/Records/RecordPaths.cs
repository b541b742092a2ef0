using System.Globalization;
using System.Text;
using System.Text.Json;
using Postroom.Expressions.Values;

namespace Postroom.Storage.Records;

/// <summary>Finds what columns hold in one walk over a document.</summary>
internal sealed class RecordPaths
{
    private static readonly int s_firstDay = new DateOnly(1970, 1, 1).DayNumber;

    private readonly IReadOnlyList<RecordColumn> _columns;
    private readonly Node _root = new();

    public RecordPaths(IReadOnlyList<RecordColumn> columns)
    {
        _columns = columns;
        for (var i = 0; i < columns.Count; i++)
        {
            var node = _root;
            foreach (var name in columns[i].Path)
            {
                node = node.Add(name);
            }

            node.Columns.Add(i);
        }
    }

    public RecordValue[] Read(ReadOnlySpan<byte> document)
    {
        var values = new RecordValue[_columns.Count];
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = 1000 });
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader, _root, values);
        }

        return values;
    }

    private void ReadObject(ref Utf8JsonReader reader, Node node, RecordValue[] values)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var below = node.Find(ref reader);
            reader.Read();
            foreach (var column in below?.Columns ?? [])
            {
                values[column] = ReadValue(ref reader, _columns[column]);
            }

            if (below is { HasBelow: true } && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, below, values);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static RecordValue ReadValue(ref Utf8JsonReader reader, RecordColumn column) => (
        column.Type, reader.TokenType) switch
    {
        (RecordType.Text, JsonTokenType.String) => RecordValue.Of(
            column.IgnoresCase ? Lower(reader.GetString()!) : reader.GetString()!),
        (RecordType.Integer, JsonTokenType.Number) => ReadInteger(ref reader),
        (RecordType.Number, JsonTokenType.Number) => reader.TryGetDouble(out var number) && double.IsFinite(number)
            ? RecordValue.Of(number)
            : RecordValue.None,
        (RecordType.Boolean, JsonTokenType.True) => RecordValue.Of(true),
        (RecordType.Boolean, JsonTokenType.False) => RecordValue.Of(false),
        (RecordType.Time, JsonTokenType.String) => Moment(
            reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan),
        (RecordType.Date, JsonTokenType.String) => Day(reader.GetString()!),
        _ => RecordValue.None,
    };

    private static string Lower(string text) => string.Create(text.Length, text, static (lower, original) =>
        Ascii.ToLower(original, lower, out _));

    // JSON Schema 2020-12 §6.1.1: 18.0 is an integer.
    private static RecordValue ReadInteger(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var integer))
        {
            return RecordValue.Of(integer);
        }

        return reader.TryGetDecimal(out var number) && decimal.IsInteger(number)
            && number is >= long.MinValue and <= long.MaxValue
            ? RecordValue.Of((long)number)
            : RecordValue.None;
    }

    /// <summary>RFC 3339 §5.6, as expressions read it; a leap second is no moment that the columns know.</summary>
    private static RecordValue Moment(ReadOnlySpan<byte> text)
    {
        var moment = TimeText.Moment(text);
        return moment.IsError
            ? RecordValue.None
            : RecordValue.Of((moment.AsSeconds * 1_000_000) + (moment.NanosecondsOfSecond / 1_000));
    }

    private static RecordValue Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? RecordValue.Of((long)day.DayNumber - s_firstDay)
            : RecordValue.None;

    private sealed class Node
    {
        private readonly Dictionary<string, Node> _below = new(StringComparer.Ordinal);

        public List<int> Columns { get; } = [];

        public bool HasBelow => _below.Count > 0;

        public Node Add(string name) => _below.TryGetValue(name, out var node) ? node : _below[name] = new Node();

        public Node? Find(ref Utf8JsonReader reader)
        {
            foreach (var (name, node) in _below)
            {
                if (reader.ValueTextEquals(name))
                {
                    return node;
                }
            }

            return null;
        }
    }
}
