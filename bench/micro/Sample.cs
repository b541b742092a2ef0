using System.Text;

namespace Postroom.Bench.Micro;

/// <summary>A document, its schema and a name for the table.</summary>
internal sealed record Sample(string Name, byte[] Document, string Schema)
{
    public static Sample Contact { get; } = new("contact", Encoding.UTF8.GetBytes(
        """
        {"name":"Ada Lovelace","email":"ada@example.com","company":"Analytical Engines","phone":"+44 20 7946 0958",
        """
        + """
        "message":"I read your page about the difference engine and would like to know whether the carriage can also be
        """
        + """
         had with a wider drum. Best regards, Ada"}
        """),
        """
        {
          "type": "object",
          "required": ["name", "email"],
          "additionalProperties": false,
          "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 200},
            "email": {"type": "string", "format": "email", "maxLength": 254},
            "company": {"type": "string", "maxLength": 200},
            "phone": {"type": "string", "maxLength": 40},
            "message": {"type": "string", "maxLength": 5000}
          }
        }
        """);

    public static Sample Order { get; } = new("order", Encoding.UTF8.GetBytes(OrderText()),
        """
        {
          "type": "object",
          "required": ["orderId", "placedAt", "customer", "lines", "total"],
          "additionalProperties": false,
          "properties": {
            "orderId": {"type": "string", "format": "uuid"},
            "placedAt": {"type": "string", "format": "date-time"},
            "customer": {
              "type": "object",
              "required": ["name", "email"],
              "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 200},
                "email": {"type": "string", "format": "email"},
                "address": {"$ref": "#/$defs/address"}
              }
            },
            "lines": {
              "type": "array",
              "minItems": 1,
              "maxItems": 100,
              "items": {
                "type": "object",
                "required": ["sku", "title", "quantity", "price"],
                "additionalProperties": false,
                "properties": {
                  "sku": {"type": "string", "minLength": 3, "maxLength": 20},
                  "title": {"type": "string", "maxLength": 200},
                  "quantity": {"type": "integer", "minimum": 1, "maximum": 999},
                  "price": {"type": "number", "minimum": 0},
                  "taxed": {"type": "boolean"},
                  "tags": {"type": "array", "items": {"type": "string", "maxLength": 30}}
                }
              }
            },
            "currency": {"enum": ["EUR", "GBP", "USD", "CHF"]},
            "total": {"type": "number", "minimum": 0},
            "note": {"type": ["string", "null"], "maxLength": 1000}
          },
          "$defs": {
            "address": {
              "type": "object",
              "required": ["street", "city", "country"],
              "properties": {
                "street": {"type": "string", "maxLength": 200},
                "city": {"type": "string", "maxLength": 100},
                "postcode": {"type": "string", "maxLength": 20},
                "country": {"type": "string", "minLength": 2, "maxLength": 2}
              }
            }
          }
        }
        """);

    private static string OrderText()
    {
        var lines = new StringBuilder();
        for (int line = 1; line <= 14; line++)
        {
            lines.Append(line == 1 ? "" : ", ")
                .Append($$"""{"sku": "SKU-{{line:D4}}", "title": "Brass gear wheel, {{line * 7}} teeth", """)
                .Append($"\"quantity\": {line}, \"price\": {line * 3}.25, ")
                .Append("\"taxed\": true, \"tags\": [\"brass\", \"gear\"]}");
        }

        return $$"""
            {"orderId": "123e4567-e89b-12d3-a456-426614174000", "placedAt": "2026-01-31T12:00:00Z",
             "customer": {"name": "Ada Lovelace", "email": "ada@example.com",
             "address": {"street": "12 St James's Square", "city": "London", "postcode": "SW1Y 4JH", "country": "GB"} },
             "lines": [{{lines}}],
             "currency": "GBP", "total": 1281.75, "note": null}
            """;
    }
}
