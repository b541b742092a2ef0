using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck.Fluent;
using Postroom.Idempotency;
using Postroom.Parsing;
using Postroom.Storage;

namespace Postroom.Tests.Parsing;

public sealed class FormPropertiesTests
{
    private static readonly string[] WhiteSpace =
        [.. Enumerable.Range(0, 0x3001).Select(code => ((char)code).ToString()).Where(string.IsNullOrWhiteSpace)];

    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Reading _any = new();

    private readonly Reading _typed = new("""
        {"properties":{"n":{"type":"integer"},"tags":{"type":"array","items":{"type":"number"}},
          "rows":{"type":"array","items":{"type":"object","properties":{"b":{"type":"boolean"}}}},
          "a":{"type":"object","additionalProperties":{"type":["boolean","array"]}}}}
        """);

    [Fact]
    public void Pairs_that_a_browser_sends_come_out_as_they_went_in() => FormEntries.ForAll(
        FormEntries.Of(FormEntries.PlainName), pairs =>
        {
            ParsedBody urlencoded = Send(_any, BodyFormat.Urlencoded, Browser.Urlencoded(pairs));
            ParsedBody multipart = Send(_any, BodyFormat.Multipart, Browser.Multipart(pairs, Reading.Boundary));
            if (pairs.Length == 0)
            {
                Assert.True(urlencoded.IsRefused);
            }
            else if (pairs.Any(pair => pair.Value.Contains('\0')))
            {
                Assert.True(urlencoded.IsRefused && multipart.IsRefused);
            }
            else
            {
                List<KeyValuePair<string, List<string>>> expected = Model(pairs);
                Assert.Equal(expected, Members(urlencoded));
                Assert.Equal(expected, Members(multipart));
            }
        });

    [Fact]
    public void The_same_form_is_the_same_document_in_all_three_notations() => FormEntries.ForAll(
        FormEntries.Of(FormEntries.NestedName), pairs =>
        {
            // A script's object has each name once.
            (string Name, string Value)[] entries = [.. pairs.DistinctBy(pair => pair.Name)];
            if (entries.Length > 0)
            {
                AssertSame(_any, entries);
                AssertSame(_typed, entries);
            }
        });

    /// <summary>Names that XML knows too, and texts without what XML cannot hold.</summary>
    [Fact]
    public void The_same_form_is_the_same_document_as_XML_and_CSV() => FormEntries.ForAll(
        FormEntries.Of(Gen.Elements("a", "b", "tags", "n", "name")), pairs =>
        {
            (string Name, string Value)[] entries =
                [.. pairs.DistinctBy(pair => pair.Name).Select(pair => (pair.Name, Visible(pair.Value)))];
            if (entries.Length > 0)
            {
                AssertSame(_typed, entries,
                    _typed.As("application/xml", new System.Xml.Linq.XElement("form", entries.Select(pair =>
                        new System.Xml.Linq.XElement(pair.Name, pair.Value))).ToString()),
                    _typed.As("text/csv", string.Join(',', entries.Select(pair => pair.Name)) + "\n"
                        + string.Join(',', entries.Select(pair => Quoted(pair.Value)))),
                    _typed.As("application/x-ndjson", JsonSerializer.Serialize(
                        entries.ToDictionary(pair => pair.Name, pair => pair.Value))));
            }
        });

    private static string Visible(string text) => string.Concat(text.Where(letter =>
        letter is not ('\0' or '\u0001' or '\uFFFF')));

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [Fact]
    public void A_document_read_again_as_JSON_stays_what_it_is() => FormEntries.ForAll(
        FormEntries.Of(FormEntries.NestedName), pairs =>
        {
            ParsedBody first = Send(_typed, BodyFormat.Multipart, Browser.Multipart(pairs, Reading.Boundary));
            if (!first.IsRefused)
            {
                ParsedBody again = Send(_typed, BodyFormat.Json, first.Document.ToArray());
                Assert.Equal(Reading.Text(first), Reading.Text(again));
            }
        });

    private static void AssertSame(
        Reading reading, (string Name, string Value)[] entries, params ParsedBody[] others)
    {
        Dictionary<string, string> asObject = entries.ToDictionary(pair => pair.Name, pair => pair.Value);
        ParsedBody[] bodies =
        [
            Send(reading, BodyFormat.Urlencoded, Browser.Urlencoded(entries)),
            Send(reading, BodyFormat.Multipart, Browser.Multipart(entries, Reading.Boundary)),
            Send(reading, BodyFormat.Json, JsonSerializer.SerializeToUtf8Bytes(asObject)),
            Send(reading, BodyFormat.Json, JsonSerializer.SerializeToUtf8Bytes(asObject, Relaxed)),
        ];
        foreach (ParsedBody other in bodies[1..].Concat(others))
        {
            Assert.Equal(bodies[0].Fault?.Kind, other.Fault?.Kind);
            if (!other.IsRefused)
            {
                Assert.Equal(Digest(bodies[0]), Digest(other));
                Assert.Equal(Plain(bodies[0]), Plain(other));
                Assert.Equal(bodies[0].Control, other.Control);
            }
        }
    }

    private static ParsedBody Send(Reading reading, BodyFormat format, byte[] body) => reading.Read(format, body);

    private static Fingerprint Digest(ParsedBody body) =>
        CanonicalDigest.Compute("/x"u8, body.Document.Span, CanonicalReading.Exact);

    /// <summary>Without the white space and escapes that JSON which is kept as sent may have.</summary>
    private static string Plain(ParsedBody body) =>
        JsonSerializer.Serialize(JsonDocument.Parse(body.Document).RootElement);

    /// <summary>What a form of plain names means, said again in the simplest way.</summary>
    private static List<KeyValuePair<string, List<string>>> Model((string Name, string Value)[] pairs)
    {
        List<KeyValuePair<string, List<string>>> members = [];
        foreach ((string name, string value) in pairs)
        {
            string cleaned = Lines(name);
            List<string>? values = members.Find(member => member.Key == cleaned).Value;
            if (values is null)
            {
                members.Add(new(cleaned, values = []));
            }

            string text = Trim(value);
            if (text.Length > 0)
            {
                values.Add(Lines(text));
            }
        }

        members.RemoveAll(member => member.Value.Count == 0);
        return members;
    }

    private static string Trim(string text)
    {
        while (WhiteSpace.FirstOrDefault(space => text.StartsWith(space, StringComparison.Ordinal)) is not null)
        {
            text = text[1..];
        }

        while (WhiteSpace.FirstOrDefault(space => text.EndsWith(space, StringComparison.Ordinal)) is not null)
        {
            text = text[..^1];
        }

        return text;
    }

    private static string Lines(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static List<KeyValuePair<string, List<string>>> Members(ParsedBody body)
    {
        using JsonDocument document = JsonDocument.Parse(Reading.Text(body));
        return [.. document.RootElement.EnumerateObject().Select(member => new KeyValuePair<string, List<string>>(
            member.Name,
            member.Value.ValueKind == JsonValueKind.Array
                ? [.. member.Value.EnumerateArray().Select(value => value.GetString()!)]
                : [member.Value.GetString()!]))];
    }
}
