using System.Text;
using Postroom.Idempotency;
using Postroom.Storage;

namespace Postroom.Tests.Idempotency;

public sealed class CanonicalDigestTests
{
    [Theory]
    [InlineData("""{"a":"1","b":"2"}""", """{ "b" : "2",  "a":"1" }""")]
    [InlineData("""{"é":"\n/"}""", """{"\u00E9":"\u000a\/"}""")]
    [InlineData("""{"a":{"c":1,"b":[1,{"y":2,"x":3}]}}""", """{"a":{"b":[1,{"x":3,"y":2}],"c":1}}""")]
    [InlineData("""{"a":"😀"}""", """{"a":"\ud83d\ude00"}""")]
    public void What_says_the_same_has_the_same_digest(string left, string right)
    {
        Assert.Equal(Exact(left), Exact(right));
        Assert.Equal(Form(left), Form(right));
    }

    [Fact]
    public void Ways_to_write_an_exponent_do_not_count() =>
        Assert.Equal(Exact("""{"a":1e5}"""), Exact("""{"a":1E+5}"""));

    [Fact]
    public void What_says_something_else_has_another_digest()
    {
        string[] documents =
        [
            "{}", "[]", "null", "true", "false", "0", "1", "-0", "1.0", "10", "1e1", "\"\"",
            "\"0\"", "\"true\"", "\"null\"",
            "[null]", "[[]]", "[[],[]]", "[[[]]]", "[{}]", "{\"\":{}}", "{\"\":[]}", "{\"\":\"\"}", "{\"a\":\"b\"}",
            "{\"b\":\"a\"}", "{\"ab\":\"\"}", "{\"\":\"ab\"}", "[\"a\",\"b\"]", "[\"b\",\"a\"]", "[\"ab\"]", "[\"a\"]",
            "[\"a,b\"]", "[\"a\\u0000b\"]", "[1,2]", "[12]",
            "{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":1}", "{\"a\":{\"b\":1}}",
            "{\"a\":{},\"b\":1}", "{\"a\":\"1\"}", "{\"a\":1}", "{\"a\":[1]}", "{\"a\":[\"1\"]}", "{\"a\":null}",
        ];
        Assert.Equal(documents.Length, documents.Select(Exact).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"a":18}""", """{"a":"18"}""")]
    [InlineData("""{"a":true}""", """{"a":"true"}""")]
    [InlineData("""{"a":["x"]}""", """{"a":"x"}""")]
    [InlineData("""{"a":[1,"2"]}""", """{"a":["1",2]}""")]
    public void Read_as_a_form_types_do_not_count(string left, string right)
    {
        Assert.Equal(Form(left), Form(right));
        Assert.NotEqual(Exact(left), Exact(right));
    }

    [Theory]
    [InlineData("""{"a":"1"}""", """{"a":"2"}""")]
    [InlineData("""{"a":["x","y"]}""", """{"a":["y","x"]}""")]
    [InlineData("""{"a":["x","y"]}""", """{"a":"xy"}""")]
    [InlineData("""{"a":{"b":"1"}}""", """{"a":"1"}""")]
    [InlineData("""{"a":[]}""", "{}")]
    [InlineData("""{"a":null}""", """{"a":"null"}""")]
    public void Read_as_a_form_texts_count(string left, string right) => Assert.NotEqual(Form(left), Form(right));

    [Fact]
    public void The_prefix_counts_and_does_not_run_into_the_document()
    {
        Fingerprint one = CanonicalDigest.Compute("/a"u8, "\"b\""u8, CanonicalReading.Exact);
        Assert.NotEqual(one, CanonicalDigest.Compute("/"u8, "\"b\""u8, CanonicalReading.Exact));
        Assert.NotEqual(one, CanonicalDigest.Compute("/b"u8, "\"b\""u8, CanonicalReading.Exact));
        Assert.Equal(one, CanonicalDigest.Compute("/a"u8, " \"b\" "u8, CanonicalReading.Exact));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(26)]
    [InlineData(1000)]
    public void The_order_of_any_number_of_members_does_not_count(int count)
    {
        Random random = new(count);
        string[] members = [.. Enumerable.Range(0, count).Select(index => $"\"{random.Next(10)}-{index}\":{index}")];
        Fingerprint expected = Exact("{" + string.Join(',', members) + "}");
        for (int round = 0; round < 5; round++)
        {
            random.Shuffle(members);
            Assert.Equal(expected, Exact("{" + string.Join(',', members) + "}"));
        }

        members[0] = members[0].Replace(':', ' ').Replace("\" ", "x\":", StringComparison.Ordinal);
        Assert.NotEqual(expected, Exact("{" + string.Join(',', members) + "}"));
    }

    [Fact]
    public void The_encoding_stays_what_it_is_since_fingerprints_are_stored()
    {
        byte[] expected = System.Security.Cryptography.SHA256.HashData(
            [1, 0, 0, 0, 2, .. "/a"u8, (byte)'{', 0, 0, 0, 2, 0, 0, 0, 1, .. "a#"u8, 0, 0, 0, 2, .. "18"u8,
                0, 0, 0, 1, .. "b["u8, 0, 0, 0, 3, .. "tn\""u8, 0, 0, 0, 1, .. "x"u8]);
        Fingerprint actual = CanonicalDigest.Compute(
            "/a"u8, """{"b":[true,null,"x"],"a":18}"""u8, CanonicalReading.Exact);
        Assert.Equal(Fingerprint.Read(expected), actual);
    }

    private static Fingerprint Exact(string json) =>
        CanonicalDigest.Compute("/x"u8, Encoding.UTF8.GetBytes(json), CanonicalReading.Exact);

    private static Fingerprint Form(string json) =>
        CanonicalDigest.Compute("/x"u8, Encoding.UTF8.GetBytes(json), CanonicalReading.FormText);
}
