using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Parsing;
using Postroom.Tests.Parsing;

namespace Postroom.Tests.Fuzzing;

/// <summary>JSON and NDJSON beside System.Text.Json: what is taken, and what becomes of it.</summary>
public sealed class JsonFuzzTests
{
    private const int Rounds = 3000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private static readonly byte[][] Forms =
    [
        """{"name":"Ada","n":18,"tags":["1",2,[3,{"x":null}]],"rows":[{"n":" 3"},{"rows":[{},""]}]}"""u8.ToArray(),
        """{"child":{"child":{"flag":true}},"none":null,"a":" x\r\n\ty ","b":"","\u0063":"\u00e9\ud83d\ude00"}"""u8.ToArray(),
        """{"e":{},"l":[],"m":{"x":""},"k":[""," "],"f":-1.5e+3,"g":"\u2003z\u3000","__p":"q"}"""u8.ToArray(),
    ];

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u0000", "\\ud800", "\\u000d", "null", "true", "1e5", "-0", "01", "[[", "{\"a\":",
        "\"n\":\"5\",", "\"\"", "   ", "\n", "\r\n", "\t", "\0", "\xFF", "\xC3\xA9", "\xEF\xBB\xBF", "{}", "[]", "\n{}\n", "\"name\":1,",
    ];

    private readonly Reading _form = new();
    private readonly Reading _list = new("""{"type":"array","items":{"type":"object"}}""");

    [Fact]
    public void A_form_of_JSON_is_what_System_Text_Json_reads()
    {
        FuzzRun run = new(Rounds);
        Mutations mutations = new(run.Random, Forms, Tokens);
        while (run.Next())
        {
            byte[] body = mutations.Next();
            run.Judge(() => run.Accepted += Compare(_form.Json(body), Parse(body)) ? 1 : 0, body);
        }
    }

    [Fact]
    public void A_list_of_JSON_is_what_System_Text_Json_reads()
    {
        FuzzRun run = new(Rounds);
        byte[][] good = [[(byte)'[', .. Forms[0], (byte)',', (byte)' ', .. Forms[1], (byte)']'], "[{\"a\":1},{\"a\":\" 2\"}]"u8.ToArray()];
        Mutations mutations = new(run.Random, good, Tokens);
        while (run.Next())
        {
            byte[] body = mutations.Next();
            run.Judge(() => run.Accepted += Compare(_list.Json(body), Parse(body)) ? 1 : 0, body);
        }
    }

    [Fact]
    public void Lines_are_what_System_Text_Json_reads_line_by_line()
    {
        FuzzRun run = new(Rounds);
        byte[][] good = [[.. Forms[0], (byte)'\n', .. Forms[1], (byte)'\r', (byte)'\n'], "{\"a\":1}\n\n {\"a\":[2,3]}"u8.ToArray()];
        Mutations mutations = new(run.Random, good, [.. Tokens, "\n", "},{", "]\n["]);
        while (run.Next())
        {
            byte[] body = mutations.Next();
            run.Judge(() => run.Accepted += Compare(_list.As("application/x-ndjson", body), ParseLines(body)) ? 1 : 0, body);
        }
    }

    /// <summary>True for what both take. What only ours refuses is no fault of the JSON, or an escape that is no text.</summary>
    private static bool Compare(ParsedBody parsed, JsonNode? expected)
    {
        SchemaFaults faults = new();
        bool isTaken = !parsed.IsRefused && CompiledSchema.Any.Walk(parsed.Document.Span, faults, 32) != JsonVerdict.Malformed;
        if (!isTaken)
        {
            // A lone surrogate is found by System.Text.Json only when the text is asked for.
            bool isMalformed = parsed.Fault?.Kind == FaultCatalogue.MalformedJson || parsed.Fault is null;
            Assert.True(expected is null || !isMalformed, $"{parsed.Fault?.Message} {faults.Malformation}");
            return false;
        }

        Assert.NotNull(expected);
        if (FormModel.Covers(expected is JsonArray ? null : expected) && ItemsAreCovered(expected))
        {
            JsonNode? cleaned = expected is JsonArray items
                ? new JsonArray([.. items.Select(item => FormModel.Clean(item, out _))])
                : FormModel.Clean(expected, out _);

            // As text: DeepEquals throws on an exponent of forty digits.
            Assert.Equal(cleaned?.ToJsonString(), JsonNode.Parse(parsed.Document.Span)?.ToJsonString());
        }

        return true;
    }

    private static bool ItemsAreCovered(JsonNode expected) =>
        expected is not JsonArray items || items.All(item => FormModel.Covers(item));

    /// <summary>The document; null for what is no strict JSON.</summary>
    private static JsonNode? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            _ = document.RootElement.ToString();
            JsonNode? node = JsonNode.Parse(json.Span, documentOptions: Strict);
            Touch(node);
            return node;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Reads all texts, which finds what is wrong in their escapes.</summary>
    private static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((_, JsonNode? value) in members)
                {
                    Touch(value);
                }

                break;
            case JsonArray elements:
                foreach (JsonNode? element in elements)
                {
                    Touch(element);
                }

                break;
            case JsonValue value:
                value.TryGetValue<string>(out _);
                break;
        }
    }

    private static JsonArray? ParseLines(byte[] body)
    {
        JsonArray items = [];
        string text = Encoding.Latin1.GetString(body);
        text = text.StartsWith("\u00ef\u00bb\u00bf", StringComparison.Ordinal) ? text[3..] : text;
        foreach (string line in text.Split('\n').Select(line => line.Trim(' ', '\t', '\r')).Where(line => line.Length > 0))
        {
            if (Parse(Encoding.Latin1.GetBytes(line)) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return items;
    }
}
