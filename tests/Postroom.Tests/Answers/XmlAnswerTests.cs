using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Postroom.Answers;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Answers;

/// <summary>Answers as XML, for those who ask for it by <c>Accept</c>.</summary>
public sealed class XmlAnswerTests
{
    private static readonly XNamespace Problem = "urn:ietf:rfc:7807";

    [Theory]
    [InlineData("application/xml", "application/xml; charset=utf-8")]
    [InlineData("text/xml", "text/xml; charset=utf-8")]
    public async Task A_success_says_in_XML_what_it_says_in_JSON(string accept, string mediaType)
    {
        await using var host = await PostHost.StartAsync();
        using var json = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        using var xml = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One), ("Accept", accept));
        Assert.Equal(201, (int)xml.StatusCode);
        Assert.Equal(mediaType, xml.Header("Content-Type"));
        Assert.Equal("replayed", xml.Header("Idempotency-Status"));
        var same = await json.JsonAsync();
        Assert.Equal(
            $"""<?xml version="1.0" encoding="utf-8"?><answer><message>{same.GetProperty("message").GetString()}</message>"""
            + $"<id>{same.GetProperty("id").GetString()}</id></answer>",
            await xml.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_repeat_gets_the_same_bytes()
    {
        await using var host = await PostHost.StartAsync();
        using var first = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One), ("Accept", "application/xml"));
        using var second = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One), ("Accept", "application/xml"));
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_refusal_is_a_problem_of_RFC_9457_with_every_fault_and_advice()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(
            """{"name":"","email":"<no>"}""", ("Accept", "application/xml"));
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("application/problem+xml; charset=utf-8", response.Header("Content-Type"));
        Assert.Equal(XmlAnswer.Policy, response.Header("Content-Security-Policy"));
        var root = (await XmlAsync(response)).Root!;
        Assert.Equal(Problem + "problem", root.Name);
        Assert.All(root.DescendantsAndSelf(), element => Assert.Equal(Problem, element.Name.Namespace));
        Assert.Equal("/_postroom/errors/validation-failed", root.Element(Problem + "type")!.Value);
        Assert.Equal("400", root.Element(Problem + "status")!.Value);
        Assert.Equal(
            ["/name", "/email"],
            root.Element(Problem + "errors")!.Elements(Problem + "i").Select(error => error.Element(Problem + "pointer")!.Value));
        var retry = root.Element(Problem + "retry")!;
        Assert.Equal("true", retry.Element(Problem + "useful")!.Value);
        Assert.Equal("correction", retry.Element(Problem + "after")!.Value);
    }

    [Fact]
    public async Task A_final_refusal_of_a_handler_is_replayed_as_a_problem()
    {
        await using var host = await PostHost.StartNotesAsync(form => form.InTransaction((_, unit, _) =>
        {
            unit.RefuseFinally("No <more>.");
            return ValueTask.CompletedTask;
        }));
        for (var time = 0; time < 2; time++)
        {
            using var response = await host.PostNoteAsync("a", Keys.Header(Keys.One), ("Accept", "text/xml"));
            Assert.Equal(409, (int)response.StatusCode);
            Assert.Equal("No <more>.", (await XmlAsync(response)).Root!.Element(Problem + "message")!.Value);
        }
    }

    [Theory]
    [InlineData("a\\u0000b\\u0001c\\u000bd\\ufffee", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe")]
    [InlineData("]]> <![CDATA[ &amp; \\\"'", "]]> <![CDATA[ &amp; \"'")]
    [InlineData("a\\r\\nb\\rc\\td", "a\r\nb\rc\td")]
    [InlineData("\\ud83d\\ude00 \\u0085 \\u2028", "\U0001F600 \u0085 \u2028")]
    [InlineData("  spaces  ", "  spaces  ")]
    public void What_XML_cannot_hold_is_replaced_and_all_else_comes_through(string json, string text)
    {
        var xml = Parse(XmlAnswer.Render(Encoding.UTF8.GetBytes($$"""{"message":"{{json}}"}""")));
        Assert.Equal(text, xml.Root!.Element("message")!.Value);
    }

    [Fact]
    public void Half_a_surrogate_pair_does_no_harm()
    {
        var xml = Parse(XmlAnswer.Render("""{"message":"\ud83d x"}"""u8.ToArray()));
        Assert.NotNull(xml.Root!.Element("message"));
    }

    [Fact]
    public async Task Names_lists_and_nulls_are_read_back_as_they_were()
    {
        const string document = """{"id":"7","item":["a","b"],"address":{"city":"Turin & Bari"},"none":null}""";
        await using var host = await PostHost.StartAsync(PostHost.Contact with { Schema = null });
        var xml = Encoding.UTF8.GetString(XmlAnswer.Render(Encoding.UTF8.GetBytes(document)).Span);
        using var response = await host.PostAsync("/api/contact", "application/xml", xml);
        Assert.Equal(201, (int)response.StatusCode);
        Assert.True(JsonElement.DeepEquals(
            JsonElement.Parse(document), JsonElement.Parse(Assert.Single(host.Entries()).Document.Span)));
    }

    [Fact]
    public void A_name_that_XML_has_not_is_written_as_one_that_it_has()
    {
        var xml = Parse(XmlAnswer.Render("""{"a b":1,"<x>":true,"":[[1],[]],"xmlns:e":{}}"""u8.ToArray()));
        Assert.Equal("1", xml.Root!.Element("a_x0020_b")!.Value);
        Assert.Equal("true", xml.Root.Element("_x003C_x_x003E_")!.Value);
    }

    private static XDocument Parse(ReadOnlyMemory<byte> xml) =>
        XDocument.Load(new MemoryStream(xml.ToArray()), LoadOptions.PreserveWhitespace);

    private static async Task<XDocument> XmlAsync(HttpResponseMessage response) =>
        Parse(await response.Content.ReadAsByteArrayAsync());
}
