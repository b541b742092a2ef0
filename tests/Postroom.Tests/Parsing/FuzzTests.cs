using System.Text;
using Postroom.Declarations;
using Postroom.Idempotency;
using Postroom.JsonSchema;
using Postroom.Parsing;
using Postroom.Tests.Fuzzing;

namespace Postroom.Tests.Parsing;

/// <summary>
/// Damaged bodies never throw, and what is accepted is a document that reads as itself.
/// </summary>
public sealed class FuzzTests
{
    private const int BodiesByDefault = 4000;

    private const string Schema = """
        {"properties":{"n":{"type":"integer"},"flag":{"type":"boolean"},
          "tags":{"type":"array","items":{"type":"number"}},
          "grid":{"type":"array","items":{"type":"array","items":{"type":"integer"}}},
          "rows":{"type":"array","items":{"$ref":"#"}},"child":{"$ref":"#"}}}
        """;

    private static readonly (string Name, string Value)[] Entries =
    [
        ("name", "Ada"), ("n", "18"), ("flag", "on"), ("tags", "1"), ("tags", "2"), 
        ("rows[0][n]", "3"), ("rows[1][n]", "x"),
        ("child[child][n]", "4"), ("_key", "k"), ("text", "a\r\nb é 😀 %\"\\"), ("grid[]", "1"), ("empty", ""),
    ];

    private static readonly string[] Tokens =
    [
        "&", "=", "%", "%00", "%FF", "+", "[", "]", "[]", "[0]", "[99]", "[100000]", "[a]", "\r\n",
        "\n", "\0", "\xFF", "\xC3\xA9",
        "--", "--" + Reading.Boundary, "\r\n--" + Reading.Boundary + "\r\n", "--\r\n",
        "Content-Disposition: form-data; name=\"x\"",
        "; filename=\"\"", "; filename*=utf-8''x", "\r\n\r\n", "{", "}", "\"", ":", ",", "\\",
        "\\u0000", "\\ud800", "\\u000d", "null",
        "true", "1e5", "[[", "{\"a\":", "\"a[b]\":\"\"", "\"_key\":\"x\"", "\" \"", "\"\"", "\"n\":\"5\"",
        "   ", "\xEF\xBB\xBF", "<", ">", "<a>", "</a>", "<a/>", " a='1'", "&lt;", "<!--", "-->", "<![CDATA[", "]]>", "<?x",
    ];

    private readonly Reading _reading = new(Schema, new LimitsDeclaration { Depth = 8, Fields = 200 });

    [Fact]
    public void Damaged_urlencoded_bodies() =>
        Run(BodyFormat.Urlencoded, [Browser.Urlencoded(Entries), "a[b][]=1&a[b][]=2&a[c]=+x+&b"u8.ToArray()]);

    [Fact]
    public void Damaged_multipart_bodies() => Run(BodyFormat.Multipart,
    [
        Browser.Multipart(Entries, Reading.Boundary),
        Browser.Multipart([("a", ""), ("a[0]", "x")], Reading.Boundary),
        Encoding.ASCII.GetBytes($"--{Reading.Boundary}\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n"
            + $"Content-Type: application/octet-stream\r\n\r\n\r\n--{Reading.Boundary}--\r\n"),
    ]);

    [Fact]
    public void Damaged_JSON_bodies() => Run(BodyFormat.Json,
    [
        """{"name":"Ada","n":"18","tags":["1",2],"rows":[{"n":"3"},{"rows":[{}]}]}"""u8.ToArray(),
        """{"child":{"child":{"flag":"on"}},"none":null}"""u8.ToArray(),
        """{"a[b]":" x ","a[c]":["\u0020y",""],"_key":{"x":1},"grid":"1","text":"a\r\nb\\\"\u00e9"}"""u8.ToArray(),
        """{"name":"Ada","message":"Hello"}"""u8.ToArray(),
    ]);

    [Fact]
    public void Damaged_XML_bodies() => RunAs("application/xml",
    [
        """<?xml version="1.0"?><c id='1'><n>18</n><flag>on</flag><tags>1</tags><tags>2</tags></c>"""u8.ToArray(),
        "<c xmlns:x='urn:x'><x:rows><n>3</n></x:rows><!-- -- --><child><child><n>4</n></child></child></c>"u8.ToArray(),
        "<c><text>a&amp;b<![CDATA[<x>]]>&#233;</text><grid>1</grid><empty/></c>"u8.ToArray(),
    ]);

    [Fact]
    public void Damaged_CSV_bodies() => RunAs("text/csv",
    [
        "name,n,tags,rows[0][n]\r\nAda,18,1,3\r\n"u8.ToArray(),
        "name,text\n\"A \"\"d\"\"\na\",=1+1\n"u8.ToArray(),
    ]);

    [Fact]
    public void Damaged_NDJSON_bodies() => RunAs("application/x-ndjson",
        ["{\"n\":\"18\",\"tags\":[1,\"2\"],\"rows\":[{\"n\":3}]}\r\n\n"u8.ToArray()]);

    [Fact]
    public void Damaged_texts() => RunAs("text/plain", ["Hello \"Ada\"\r\n\tthere \\ é"u8.ToArray()]);

    [Fact]
    public void Damaged_media_types()
    {
        string[] good =
        [
            "application/json; charset=utf-8", "multipart/form-data; boundary=\"--x\"",
            "application/x-www-form-urlencoded",
        ];
        string[] tokens = [";", "=", "\"", "\\", "/", " ", "charset", "boundary", "a", "\t", ",", "+json"];
        int accepted = 0;
        Repeat(good.Select(Encoding.ASCII.GetBytes), tokens, body =>
            accepted += Reading.TypeOf(Encoding.Latin1.GetString(body), out _) is null ? 1 : 0);
        Assert.True(accepted > 0);
    }

    private void Run(BodyFormat format, byte[][] good) => Run(good, body => _reading.Read(format, body));

    private void RunAs(string mediaType, byte[][] good) => Run(good, body => _reading.As(mediaType, body));

    private void Run(byte[][] good, Func<byte[], ParsedBody> read)
    {
        int accepted = 0;
        SchemaFaults faults = new();
        Repeat(good, Tokens, body =>
        {
            ParsedBody parsed = read(body);
            if (!parsed.IsRefused && !parsed.KeptAsSent)
            {
                accepted++;
                AssertDocument(parsed, faults);
            }
        });
        Assert.True(accepted > 0);
    }

    private void AssertDocument(ParsedBody parsed, SchemaFaults faults)
    {
        byte[] document = parsed.Document.ToArray();
        string text = Encoding.UTF8.GetString(document);
        JsonVerdict verdict = CompiledSchema.Any.Walk(document, faults, _reading.Limits.Depth);
        Assert.True(verdict == JsonVerdict.Valid, $"{faults.Malformation}: {text}");
        CanonicalDigest.Compute(default, document, CanonicalReading.Exact);
        ParsedBody again = _reading.Json(document);
        Assert.True(!again.IsRefused, $"{again.Fault}: {text}");
        Assert.Equal(text, Reading.Text(again));
    }

    private static void Repeat(IEnumerable<byte[]> good, string[] tokens, Action<byte[]> judge)
    {
        FuzzRun run = new(BodiesByDefault);
        Mutations mutations = new(run.Random, [.. good], tokens);
        while (run.Next())
        {
            byte[] body = mutations.Next();
            run.Judge(() => judge(body), body);
        }
    }
}
