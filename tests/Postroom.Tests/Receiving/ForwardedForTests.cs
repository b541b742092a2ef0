using System.Net;
using Microsoft.Extensions.Primitives;
using Postroom.Declarations;
using Postroom.Receiving;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Receiving;

/// <summary>Whose address counts behind proxies.</summary>
public sealed class ForwardedForTests
{
    /// <summary>The header, the peer, and the client that counts; proxies are 10.0.0.0/8 and fd00::/8.</summary>
    public static TheoryData<string, string, string> Chains { get; } = new()
    {
        { "203.0.113.9", "10.0.0.1", "203.0.113.9" },
        { "203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9" },
        { "198.51.100.7, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9" },
        { "203.0.113.9:4711", "10.0.0.1", "203.0.113.9" },
        { "[2001:db8::7]:4711", "10.0.0.1", "2001:db8::7" },
        { "2001:db8::7", "10.0.0.1", "2001:db8::7" },
        { "::ffff:203.0.113.9", "10.0.0.1", "203.0.113.9" },
        { "203.0.113.9, fd00::2", "fd00::1", "203.0.113.9" },
        { "10.0.0.3, 10.0.0.2", "10.0.0.1", "10.0.0.3" },
        { "203.0.113.9, unknown, 10.0.0.2", "10.0.0.1", "10.0.0.2" },
        { "unknown", "10.0.0.1", "10.0.0.1" },
        { "", "10.0.0.1", "10.0.0.1" },
        { ",,203.0.113.9", "10.0.0.1", "203.0.113.9" },
        { "203.0.113.9,", "10.0.0.1", "10.0.0.1" },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void The_first_address_from_the_right_that_is_no_proxy_is_the_client(string header, string peer, string client) =>
        Assert.Equal(IPAddress.Parse(client), ForwardedFor.Client(header, IPAddress.Parse(peer), Proxies()));

    [Fact]
    public void What_a_client_writes_in_front_never_counts_however_long_it_is()
    {
        var forged = string.Join(", ", Enumerable.Repeat("198.51.100.7", 200));
        Assert.Equal(
            IPAddress.Parse("203.0.113.9"),
            ForwardedFor.Client(forged + ", 203.0.113.9, 10.0.0.2", IPAddress.Parse("10.0.0.1"), Proxies()));
    }

    [Fact]
    public void Several_header_lines_are_one_list()
    {
        var lines = new StringValues(["198.51.100.7", "203.0.113.9, 10.0.0.2"]);
        Assert.Equal(IPAddress.Parse("203.0.113.9"), ForwardedFor.Client(lines, IPAddress.Parse("10.0.0.1"), Proxies()));
    }

    [Fact]
    public async Task An_undeclared_proxy_is_ignored_and_named_once()
    {
        await using var host = await PostHost.StartAsync();
        for (var time = 0; time < 3; time++)
        {
            using var response = await host.PostJsonAsync(Keys.Ada, ("X-Forwarded-For", "203.0.113.9"));
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }

        Assert.All(host.Entries(), entry => Assert.Equal("127.0.0.1", entry.Address));
        Assert.Single(host.Log.Lines, line => line.Contains("`proxies:`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_production_the_last_part_of_an_address_is_not_kept()
    {
        await using var host = await PostHost.StartAsync(new PostroomDeclaration
        {
            Url = new Uri("https://post.example.com"), Proxies = ["127.0.0.0/8"], Endpoints = [PostHost.Contact],
        });
        using var four = await host.PostJsonAsync(Keys.Ada, ("X-Forwarded-For", "203.0.113.9"));
        using var six = await host.PostJsonAsync(Keys.Ada, ("X-Forwarded-For", "2001:db8:1:2:3:4:5:6"));
        Assert.Equal(["203.0.113.0", "2001:db8:1::"], host.Entries().Select(entry => entry.Address));
    }

    private static ProxyList Proxies()
    {
        var proxies = new ProxyList();
        proxies.Replace(new PostroomDeclaration { Proxies = ["10.0.0.0/8", "fd00::/8"] });
        return proxies;
    }
}
