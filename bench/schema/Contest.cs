using System.Text;
using Postroom.Bench.Micro;

namespace Postroom.Bench.Schema;

/// <summary>A schema and a document for every contestant.</summary>
internal sealed record Contest(string Name, string Schema, string Document, bool IsValid)
{
    private const string Record = """
        {"type": "object", "required": ["id", "name", "email", "score"], "additionalProperties": false,
         "properties": {"id": {"type": "integer", "minimum": 1}, "name": {"type": "string", "maxLength": 100},
           "email": {"type": "string", "format": "email"}, "score": {"type": "number", "minimum": 0, "maximum": 100},
           "tags": {"type": "array", "items": {"enum": ["new", "old", "vip"]}, "maxItems": 5},
           "note": {"type": ["string", "null"]}}}
        """;

    private const string Events = """
        {"$defs": {
           "base": {"type": "object", "required": ["id", "kind"],
                    "properties": {"id": {"type": "string", "format": "uuid"}, "kind": {"type": "string"},
                                   "at": {"type": "string", "format": "date-time"}}},
           "money": {"type": "object", "required": ["amount", "currency"],
                     "properties": {"amount": {"type": "number", "exclusiveMinimum": 0},
                                    "currency": {"enum": ["EUR", "GBP", "USD"]}}, "additionalProperties": false},
           "created": {"properties": {"kind": {"const": "created"}, "by": {"type": "string"}}, "required": ["by"]},
           "paid": {"properties": {"kind": {"const": "paid"}, "sum": {"$ref": "#/$defs/money"}}, "required": ["sum"]},
           "shipped": {"properties": {"kind": {"const": "shipped"}, "parcels": {"type": "array", "minItems": 1,
                       "items": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{9}$"}}}, "required": ["parcels"]}},
         "type": "array",
         "items": {"allOf": [{"$ref": "#/$defs/base"}],
                   "oneOf": [{"$ref": "#/$defs/created"}, {"$ref": "#/$defs/paid"}, {"$ref": "#/$defs/shipped"}],
                   "unevaluatedProperties": false}}
        """;

    public static Contest[] All { get; } =
    [
        .. Pair("contact, small", Sample.Contact.Schema, Encoding.UTF8.GetString(Sample.Contact.Document),
            "ada@example.com", "ada.example.com"),
        .. Pair("order, medium", Sample.Order.Schema, Encoding.UTF8.GetString(Sample.Order.Document),
            "\"quantity\": 7", "\"quantity\": -7"),
        .. Pair("records, 1 MB", $$"""{"type": "array", "items": {{Record}}}""", Records(),
            "\"score\":77.5,", "\"score\":177.5,"),
        .. Pair("events, schema-heavy", Events, EventsText(), "\"currency\":\"GBP\"", "\"currency\":\"XXX\""),
    ];

    private static Contest[] Pair(string name, string schema, string document, string right, string wrong)
    {
        int at = document.LastIndexOf(right, StringComparison.Ordinal);
        string spoiled = document[..at] + wrong + document[(at + right.Length)..];
        return [new(name, schema, document, true), new(name + ", invalid", schema, spoiled, false)];
    }

    private static string Records()
    {
        var records = new StringBuilder("[");
        for (int index = 1; records.Length < 1_000_000; index++)
        {
            records.Append(index == 1 ? "" : ",").Append(FormattableString.Invariant(
                $$"""{"id":{{index}},"name":"Person number {{index}}","email":"person{{index}}@example.com","""))
                .Append(FormattableString.Invariant($"\"score\":{index % 100}.5,"))
                .Append("\"tags\":[\"new\",\"vip\"],\"note\":null}");
        }

        return records.Append(']').ToString();
    }

    private static string EventsText()
    {
        string[] kinds =
        [
            "\"created\",\"by\":\"ada\"",
            "\"paid\",\"sum\":{\"amount\":12.50,\"currency\":\"GBP\"}",
            "\"shipped\",\"parcels\":[\"GB123456789\",\"DE987654321\"]",
        ];
        return "[" + string.Join(",", Enumerable.Range(0, 30).Select(index => FormattableString.Invariant(
            $$"""{"id":"123e4567-e89b-12d3-a456-4266141740{{index:D2}}","at":"2026-01-31T12:00:00Z","kind":{{
            kinds[index % 3]}}}"""))) + "]";
    }
}
