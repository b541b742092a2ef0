using Postroom.Answers;

namespace Postroom.Tests.Answers;

public sealed class HtmlHeadersTests
{
    [Fact]
    public void A_page_runs_no_script_and_is_framed_by_nobody() => Assert.Equal(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'",
        Policy(HtmlHeaders.All));

    [Theory]
    [InlineData("https://www.example.com/thanks?a=b", " https://www.example.com;")]
    [InlineData("https://user;x@www.example.com:8443/", " https://www.example.com:8443;")]
    public void A_form_that_leads_elsewhere_may_be_redirected_there(string redirect, string origin) =>
        Assert.Contains(
            "form-action 'self'" + origin, Policy(HtmlHeaders.ForForm(redirect, asksForProof: false)), StringComparison.Ordinal);

    [Theory]
    [InlineData("/thanks.html")]
    [InlineData(null)]
    [InlineData("javascript:alert(1)")]
    public void A_form_that_stays_is_held_to_our_own_origin(string? redirect) =>
        Assert.Equal(HtmlHeaders.Policy, Policy(HtmlHeaders.ForForm(redirect, asksForProof: false)));

    [Theory]
    [InlineData(null, "form-action 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'")]
    [InlineData("https://www.example.com/thanks",
        "form-action 'self' https://www.example.com; script-src 'self'; connect-src 'self'; base-uri 'none'")]
    public void A_form_that_asks_for_a_proof_runs_our_script_and_no_other(string? redirect, string policy) =>
        Assert.Contains(policy, Policy(HtmlHeaders.ForForm(redirect, asksForProof: true)), StringComparison.Ordinal);

    private static string Policy(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        headers.Single(header => header.Key == "Content-Security-Policy").Value;
}
