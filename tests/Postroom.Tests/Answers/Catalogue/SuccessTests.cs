using Postroom.Answers;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Answers.Catalogue;

/// <summary>What is not refused: in every form, for pages that may post, and where one is led on.</summary>
public sealed class SuccessTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("*/*", 201, "application/json")]
    [InlineData("application/xml", 201, "application/xml; charset=utf-8")]
    [InlineData("text/xml", 201, "text/xml; charset=utf-8")]
    [InlineData(Browser, 303, null)]
    public async Task A_listed_page_can_read_it_and_no_cache_keeps_it(string accept, int status, string? mediaType)
    {
        await using var host = await new RefusalCase("none").StartAsync();
        foreach (var idempotency in (string[])["created", "replayed"])
        {
            using var answer = await new RefusalCase("none") { Headers = ["Idempotency-Key: " + Keys.One] }
                .SendAsync(host, accept, RefusalCase.Page);
            Assert.Equal(status, answer.Status);
            Assert.Equal(mediaType, answer.Header("Content-Type"));
            Assert.Equal(idempotency, answer.Header("Idempotency-Status"));
            Assert.Equal("Origin, Accept", answer.Header("Vary"));
            Assert.Equal(RefusalCase.Page, answer.Header("Access-Control-Allow-Origin"));
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Null(answer.Header("Content-Encoding"));
            Assert.Null(answer.Header("Cross-Origin-Resource-Policy"));
            Assert.Equal(
                mediaType?.Contains("xml", StringComparison.Ordinal) == true ? XmlAnswer.Policy : null,
                answer.Header("Content-Security-Policy"));
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/xml")]
    [InlineData(Browser)]
    public async Task Whoever_is_led_to_https_is_told_nothing_else(string accept)
    {
        var plain = new RefusalCase("none") { Method = "GET", Host = "post.example.com", Map = HttpsRule.Use, Body = "" };
        await using var host = await plain.StartAsync();
        using var answer = await plain.SendAsync(host, accept, origin: null);
        Assert.Equal(308, answer.Status);
        Assert.Equal("https://post.example.com/api/contact", answer.Header("Location"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Null(answer.Header("Content-Type"));
        Assert.Empty(answer.Body);
    }

    [Fact]
    public async Task The_words_of_a_service_come_in_XML_too()
    {
        await using var host = await PostHost.StartAsync(
            PostHost.Contact with { Compatible = FormService.Formspree, Redirect = null });
        using var answer = await host.PostJsonAsync(Keys.Ada, ("Accept", "application/xml"));
        var xml = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<ok>true</ok><next>/_postroom/receipts/", xml, StringComparison.Ordinal);
    }
}
