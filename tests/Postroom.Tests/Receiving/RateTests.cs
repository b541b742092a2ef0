using System.Net;
using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Receiving;

/// <summary>POSTs a minute for each client and endpoint.</summary>
public sealed class RateTests
{
    private static readonly EndpointDeclaration Limited = PostHost.Contact with
    {
        Limits = new LimitsDeclaration { Rate = 2 },
    };

    [Fact]
    public async Task Beyond_the_rate_a_client_is_told_the_limit_and_when_to_come_again()
    {
        await using var host = await StartAsync(Limited);
        Assert.Equal(201, await PostAsync(host));
        Assert.Equal(201, await PostAsync(host));
        using var refused = await host.PostJsonAsync(Keys.Ada);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("30", refused.Header("Retry-After"));
        var json = await refused.JsonAsync();
        Assert.Equal("rate-exceeded", json.GetProperty("code").GetString());
        Assert.Equal("limits.rate", json.GetProperty("limit").GetProperty("name").GetString());
        Assert.Equal(2, json.GetProperty("limit").GetProperty("value").GetInt64());
        Assert.Equal(30, json.GetProperty("retry").GetProperty("seconds").GetInt64());
        Assert.Contains("Wait 30 seconds", json.GetProperty("message").GetString());
        Assert.Equal(2, host.Entries().Count);
    }

    [Fact]
    public async Task The_bucket_refills_with_the_clock_and_never_beyond_its_size()
    {
        await using var host = await StartAsync(Limited);
        Assert.Equal("201 201 429", await PostThriceAsync(host));
        host.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(429, await PostAsync(host));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("201 429 429", await PostThriceAsync(host));
        host.Time.Advance(TimeSpan.FromHours(5));
        Assert.Equal("201 201 429", await PostThriceAsync(host));
    }

    [Fact]
    public async Task Each_endpoint_counts_for_itself()
    {
        var other = Limited with { Path = "/api/other" };
        await using var host = await StartAsync(Limited, other);
        Assert.Equal("201 201 429", await PostThriceAsync(host));
        Assert.Equal(201, await PostAsync(host, path: "/api/other"));
    }

    [Fact]
    public async Task Refused_POSTs_count_too_and_what_they_hold_does_not_matter()
    {
        await using var host = await StartAsync(Limited);
        Assert.Equal(400, await PostAsync(host, "{\"strange\":1}"));
        Assert.Equal(415, await PostAsync(host, mediaType: "text/plain"));
        Assert.Equal(429, await PostAsync(host, "{\"name\":\"Ada\",\"email\":\"ada@example.com\",\"more\":1}"));
    }

    [Fact]
    public async Task Loopback_in_development_is_not_counted()
    {
        await using var host = await PostHost.StartAsync(Limited);
        Assert.Equal("201 201 201", await PostThriceAsync(host));
    }

    [Fact]
    public async Task Loopback_in_development_is_counted_when_a_proxy_speaks()
    {
        await using var host = await PostHost.StartAsync(Limited);
        var proxied = ("X-Forwarded-For", "203.0.113.9");
        Assert.Equal(201, await PostAsync(host, headers: proxied));
        Assert.Equal(201, await PostAsync(host, headers: proxied));
        Assert.Equal(429, await PostAsync(host, headers: proxied));
    }

    [Fact]
    public async Task Without_a_rate_nothing_is_counted()
    {
        await using var host = await StartAsync(Limited with { Limits = new LimitsDeclaration { Rate = null } });
        Assert.Equal("201 201 201", await PostThriceAsync(host));
    }

    [Fact]
    public async Task One_IPv6_network_of_64_bits_is_one_client()
    {
        await using var host = await StartAsync(Limited);
        Assert.Equal(201, await PostAsync(host, headers: ("X-Forwarded-For", "2001:db8:1:2::1")));
        Assert.Equal(201, await PostAsync(host, headers: ("X-Forwarded-For", "2001:db8:1:2:ffff::2")));
        Assert.Equal(429, await PostAsync(host, headers: ("X-Forwarded-For", "2001:db8:1:2:abcd:1:2:3")));
        Assert.Equal(201, await PostAsync(host, headers: ("X-Forwarded-For", "2001:db8:1:3::1")));
    }

    [Fact]
    public async Task IPv4_clients_are_counted_one_by_one()
    {
        await using var host = await StartAsync(Limited);
        Assert.Equal(201, await PostAsync(host, headers: ("X-Forwarded-For", "203.0.113.1")));
        Assert.Equal(201, await PostAsync(host, headers: ("X-Forwarded-For", "203.0.113.1")));
        Assert.Equal(429, await PostAsync(host, headers: ("X-Forwarded-For", "::ffff:203.0.113.1")));
        Assert.Equal(201, await PostAsync(host, headers: ("X-Forwarded-For", "203.0.113.2")));
    }

    [Fact]
    public async Task CVE_2026_45364_every_spelling_of_an_IPv6_address_is_one_client()
    {
        await using var host = await StartAsync(Limited);
        Assert.Equal(201, await PostAsync(host, headers: ("X-Forwarded-For", "2001:DB8:0001:0002::1")));
        Assert.Equal(201, await PostAsync(host, headers: ("Forwarded", "for=\"[2001:db8:1:2:0:0:0:1]:4711\"")));
        Assert.Equal(429, await PostAsync(host, headers: ("X-Forwarded-For", "[2001:db8:1:2:0000::0.0.0.1]:80")));
        Assert.Equal(429, await PostAsync(host, headers: ("X-Forwarded-For", "2001:db8:1:2::1%1")));
    }

    [Fact]
    public async Task CVE_2025_64526_nothing_that_a_client_writes_chooses_its_bucket()
    {
        await using var host = await StartAsync(Limited with { Schema = null });
        var status = new List<int>();
        foreach (var name in (string[])["email", "ip", "userId", "prefixKey", "X-Forwarded-For", "rate"])
        {
            status.Add(await PostAsync(
                host, $"{{\"{name}\":\"{name}\"}}",
                headers: [("User-Agent", name), ("X-Api-Key", name), ("X-Real-IP", "203.0.113." + status.Count)]));
        }

        Assert.Equal([201, 201, 429, 429, 429, 429], status);
    }

    private static Task<PostHost> StartAsync(params EndpointDeclaration[] endpoints) => PostHost.StartAsync(
        new PostroomDeclaration
        {
            Url = new Uri("https://post.example.com"),
            Proxies = ["127.0.0.0/8"],
            Endpoints = endpoints,
        });

    private static async Task<string> PostThriceAsync(PostHost host) =>
        $"{await PostAsync(host)} {await PostAsync(host)} {await PostAsync(host)}";

    private static async Task<int> PostAsync(
        PostHost host, string body = Keys.Ada, string path = "/api/contact", string mediaType = "application/json",
        params (string Name, string Value)[] headers)
    {
        using var response = await host.PostAsync(path, mediaType, body, headers);
        return (int)response.StatusCode;
    }
}
