using System.Net;
using System.Text.RegularExpressions;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Idempotency;

/// <summary>The one-time token of a generated page: a form without JavaScript has the guarantee of a key.</summary>
public sealed partial class FormTokenTests
{
    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Two_POSTs_with_one_token_are_one_entry(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(Declared(), store: kind.Choose);
        var form = Ada(await OpenAsync(host));
        using var first = await SubmitAsync(host, form);
        host.Time.Advance(TimeSpan.FromHours(1));
        using var second = await SubmitAsync(host, form);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal("replayed", second.Header("Idempotency-Status"));
        Assert.Equal(first.Header("Location"), second.Header("Location"));
        Assert.Equal(EntryState.Stored, Assert.Single(host.Entries()).State);
    }

    [Fact]
    public async Task A_token_is_as_good_as_a_key_where_one_is_required()
    {
        var required = PostHost.Contact with
        {
            Idempotency = new IdempotencyDeclaration { Mode = IdempotencyMode.Required },
        };
        await using var host = await PostHost.StartAsync(required);
        using var response = await SubmitAsync(host, Ada(await OpenAsync(host)));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
    }

    [Fact]
    public async Task Each_page_has_a_token_of_its_own()
    {
        await using var host = await PostHost.StartAsync();
        Assert.NotEqual(await OpenAsync(host), await OpenAsync(host));
    }

    [Fact]
    public async Task A_corrected_form_keeps_its_token()
    {
        await using var host = await PostHost.StartAsync();
        var token = await OpenAsync(host);
        using var wrong = await SubmitAsync(host, $"name=Ada&email=no&_token={token}");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(token, Token(await wrong.Content.ReadAsStringAsync()));
        using var right = await SubmitAsync(host, Ada(token));
        using var again = await SubmitAsync(host, Ada(token));
        Assert.Equal("created", right.Header("Idempotency-Status"));
        Assert.Equal("replayed", again.Header("Idempotency-Status"));
    }

    [Fact]
    public async Task A_page_that_was_open_for_days_still_counts_once()
    {
        await using var host = await PostHost.StartAsync();
        var form = Ada(await OpenAsync(host));
        host.Time.Advance(TimeSpan.FromDays(3));
        using var first = await SubmitAsync(host, form);
        using var second = await SubmitAsync(host, form);
        Assert.Equal("created", first.Header("Idempotency-Status"));
        Assert.Equal("replayed", second.Header("Idempotency-Status"));
        Assert.Single(host.Entries());
    }

    [Fact]
    public async Task A_sent_form_that_is_changed_and_sent_again_asks_whether_it_is_a_second_message()
    {
        await using var host = await PostHost.StartAsync();
        var token = await OpenAsync(host);
        using var first = await SubmitAsync(host, Ada(token));
        using var changed = await SubmitAsync(host, Ada(token) + "&message=One+thing+more");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.StatusCode);
        var page = await changed.Content.ReadAsStringAsync();
        Assert.Contains("One thing more", page);
        Assert.Contains("already sent", page);
        host.Time.Advance(TimeSpan.FromSeconds(5));
        using var second = await SubmitAsync(host, Ada(Token(page)) + "&message=One+thing+more");
        Assert.Equal("created", second.Header("Idempotency-Status"));
        Assert.Equal(2, host.Entries(EntryState.Stored).Count);
    }

    [Fact]
    public async Task A_token_of_another_endpoint_is_ignored()
    {
        var other = PostHost.Contact with { Path = "/api/other" };
        await using var host = await PostHost.StartAsync(PostHost.Contact, other);
        await AssertIgnoredAsync(host, await OpenAsync(host, "/api/other"));
    }

    [Fact]
    public async Task A_token_that_was_tampered_with_is_ignored()
    {
        await using var host = await PostHost.StartAsync();
        var token = await OpenAsync(host);
        await AssertIgnoredAsync(host, (token[0] == 'A' ? 'B' : 'A') + token[1..]);
        await AssertIgnoredAsync(host, token[..^4]);
        await AssertIgnoredAsync(host, "nonsense");
    }

    [Fact]
    public async Task A_token_of_another_store_is_ignored()
    {
        await using var stranger = await PostHost.StartAsync();
        await using var host = await PostHost.StartAsync();
        await AssertIgnoredAsync(host, await OpenAsync(stranger));
    }

    [Fact]
    public async Task A_form_that_comes_back_within_two_seconds_is_held()
    {
        await using var host = await PostHost.StartAsync();
        using var page = await host.SendAsync(HttpMethod.Get, "/api/contact", ("Accept", "text/html"));
        var token = Token(await page.Content.ReadAsStringAsync());
        host.Time.Advance(TimeSpan.FromMilliseconds(1999));
        using var fast = await SubmitAsync(host, Ada(token));
        Assert.Equal(HttpStatusCode.SeeOther, fast.StatusCode);
        Assert.Equal("too-fast", Assert.Single(host.Entries()).Reason);
    }

    /// <summary>Programs without a browser's headers: with a token that counts, the second would be a replay.</summary>
    private static async Task AssertIgnoredAsync(PostHost host, string token)
    {
        using var first = await host.PostFormAsync(Ada(token));
        using var second = await host.PostFormAsync(Ada(token));
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Null(second.Header("Idempotency-Status"));
        Assert.NotEqual(first.Header("Postroom-Entry"), second.Header("Postroom-Entry"));
    }

    private static async Task<string> OpenAsync(PostHost host, string path = "/api/contact")
    {
        using var page = await host.SendAsync(HttpMethod.Get, path, ("Accept", "text/html"));
        var token = Token(await page.Content.ReadAsStringAsync());
        host.Time.Advance(TimeSpan.FromSeconds(5));
        return token;
    }

    private static Task<HttpResponseMessage> SubmitAsync(PostHost host, string form) =>
        host.PostFormAsync(form, ("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html"));

    private static string Ada(string token) => $"name=Ada&email=ada%40example.com&_token={token}";

    private static string Token(string page) => TokenField().Match(page).Groups[1].Value;

    private static PostroomDeclaration Declared() => new() { Endpoints = [PostHost.Contact] };

    [GeneratedRegex("name=\"_token\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
