using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;
using static Postroom.Tests.Http2.Http2Host;

namespace Postroom.Tests.Http2;

/// <summary>Limits, proxies and codes count over HTTP/2 as they do over HTTP/1.1.</summary>
public sealed class Http2LimitTests
{
    private const int Body = 2000;

    /// <summary>Fields beside the usual ones, the body, and the code of the refusal.</summary>
    private static readonly ((string Name, string Value)[] Fields, string? Body, string Status, string Code)[] Refusals =
    [
        ([(Length, "5000")], new string(' ', 5000), "413", "body-too-large"),
        ([], new string(' ', 5000), "413", "body-too-large"),
        ([(Length, "0")], "", "400", "empty-body"),
        ([], null, "400", "empty-body"),
        ([], "{", "400", "malformed-json"),
        ([("content-type", "image/png")], Keys.Ada, "415", "media-type-unsupported"),
        ([("content-encoding", "nothing")], Keys.Ada, "415", "content-coding-unsupported"),
        ([("idempotency-key", "short")], Keys.Ada, "400", "idempotency-key-invalid"),
        ([("early-data", "1")], Keys.Ada, "425", "too-early"),
        ([("origin", "https://evil.example")], Keys.Ada, "403", "origin-refused"),
        ([("cookie", "a=b")], Keys.Ada, "403", "origin-refused"),
        ([(":path", "/_postroom/receipts/none"), (":method", "GET")], null, "404", "not-found"),
        ([(":method", "PUT")], Keys.Ada, "405", "method-not-allowed"),
    ];

    private static readonly PostroomDeclaration Production = new()
    {
        Url = new Uri("https://post.example.com"),
        Proxies = ["127.0.0.0/8"],
        Endpoints = [PostHost.Contact with { Limits = new LimitsDeclaration { Rate = 3, Body = Body } }],
    };

    public static TheoryData<int> Rows { get; } = [.. Enumerable.Range(0, Refusals.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_refusal_is_the_same_over_both_versions(int row)
    {
        var (more, body, status, code) = Refusals[row];
        await using var host = await StartWithAsync(Production);
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var answer = await client.AskAsync(Fields(more), body);
        Assert.Equal((status, code), (answer.Statuses, answer.Code));
        Assert.Equal("application/problem+json", answer.Headers["content-type"]);
        Assert.Equal((status, code), await OverHttp1Async(host, more, body));
        Assert.Equal(0, host.Count);
    }

    /// <summary>Methods are case-sensitive (RFC 9110 §9.1); HttpClient would write this one in capitals.</summary>
    [Fact]
    public async Task A_method_in_lower_case_is_another_one()
    {
        await using var host = await StartWithAsync(Production);
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        Assert.Equal("405", (await client.AskAsync(Fields((":method", "post")), Keys.Ada)).Statuses);
    }

    /// <summary>RFC 9113 §8.2.3: a cookie may come in pieces, each in a field of its own.</summary>
    [Fact]
    public async Task A_cookie_in_pieces_is_a_cookie()
    {
        await using var host = await StartWithAsync(Production);
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var answer = await client.AskAsync(Fields(("cookie", "a=b"), ("cookie", "c=d")), Keys.Ada);
        Assert.Equal("origin-refused", answer.Code);
    }

    [Fact]
    public async Task Rates_count_both_versions_together_by_the_client_that_the_proxy_names()
    {
        await using var host = await StartWithAsync(Production);
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var ada = Fields(("x-forwarded-for", "203.0.113.9"), ("x-forwarded-proto", "https"));
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal("201", (await client.AskAsync(ada, Keys.Ada)).Statuses);
        }

        using var third = await host.Host.PostJsonAsync(Keys.Ada, ("X-Forwarded-For", "203.0.113.9"));
        Assert.Equal(201, (int)third.StatusCode);
        var fourth = await client.AskAsync(ada, Keys.Ada);
        Assert.Equal("429", fourth.Statuses);
        Assert.True(fourth.Headers.ContainsKey("retry-after"));
        var other = await client.AskAsync(Fields(("x-forwarded-for", "203.0.113.10")), Keys.Ada);
        Assert.Equal("201", other.Statuses);
    }

    /// <summary>From whom it is not declared, a forwarded header names nobody.</summary>
    [Fact]
    public async Task Forwarded_headers_of_others_do_not_count()
    {
        await using var host = await StartWithAsync(Production with { Proxies = ["10.0.0.0/8"] });
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        for (var time = 0; time < 4; time++)
        {
            var answer = await client.AskAsync(
                Fields(("x-forwarded-for", $"203.0.113.{time}"), ("forwarded", $"for=203.0.113.{time}")), Keys.Ada);
            Assert.Equal(time < 3 ? "201" : "429", answer.Statuses);
        }
    }

    private static async Task<(string Status, string? Code)> OverHttp1Async(
        Http2Host host, (string Name, string Value)[] fields, string? body)
    {
        var all = Fields(fields);
        using var request = new HttpRequestMessage(
            new HttpMethod(all.Single(field => field.Name == ":method").Value),
            all.Single(field => field.Name == ":path").Value);
        request.Content = body is null ? null : new StringContent(body);
        request.Content?.Headers.Clear();
        foreach (var (name, value) in all.Where(field => !field.Name.StartsWith(':') && field.Name != Length))
        {
            _ = request.Headers.TryAddWithoutValidation(name, value)
                || request.Content?.Headers.TryAddWithoutValidation(name, value) == true;
        }

        using var response = await host.Host.Client.SendAsync(request);
        return (((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture),
            await response.CodeAsync());
    }
}
