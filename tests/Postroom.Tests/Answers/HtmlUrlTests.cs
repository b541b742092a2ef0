using Postroom.Answers;

namespace Postroom.Tests.Answers;

public sealed class HtmlUrlTests
{
    [Theory]
    [InlineData("/thanks.html")]
    [InlineData("https://www.example.com/a?b=c#d")]
    [InlineData("HTTP://localhost:3000/")]
    [InlineData("#field-name")]
    [InlineData("?after=x")]
    [InlineData("thanks")]
    [InlineData("a/b:c")]
    [InlineData("?x=javascript:y")]
    public void Http_https_and_relative_addresses_may_stand_in_a_page(string text)
    {
        Assert.True(HtmlUrl.TryParse(text, out var url));
        Assert.Equal(text, url.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http:evil")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("mailto:a@example.com")]
    [InlineData(":x")]
    public void Nothing_else_may(string? text) => Assert.False(HtmlUrl.TryParse(text, out _));

    [Fact]
    public void A_query_is_escaped_and_empty_parameters_are_left_out() => Assert.Equal(
        "/_postroom/?text=a%26b%3D%20%C3%A9&after=x",
        HtmlUrl.Of("/_postroom/", ("endpoint", null), ("text", "a&b= é"), ("state", ""), ("after", "x")).ToString());

    [Fact]
    public void An_address_that_was_not_set_leads_nowhere() => Assert.Equal("#", default(HtmlUrl).ToString());
}
