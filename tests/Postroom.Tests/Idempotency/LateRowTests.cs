using System.Net;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Idempotency;

/// <summary>Row 24: a retry that says that it is older than keys are kept.</summary>
public sealed class LateRowTests
{
    private static readonly EndpointDeclaration RefusesLate = PostHost.Contact with
    {
        Idempotency = new IdempotencyDeclaration { RefuseLate = true, Keep = TimeSpan.FromHours(2) },
    };

    [Theory]
    [InlineData("Thu, 31 Jan 2030 10:00:00 GMT", 201)]
    [InlineData("Thu, 31 Jan 2030 09:59:59 GMT", 412)]
    [InlineData("Thu, 31 Jan 2030 13:00:00 GMT", 201)]
    [InlineData("yesterday", 201)]
    public async Task Row_24_the_header_says_when_it_was_first_sent(string sent, int status)
    {
        await using var host = await PostHost.StartAsync(RefusesLate);
        using var response = await host.PostJsonAsync(
            Keys.Ada, Keys.Header(Keys.One), ("Idempotency-First-Sent", sent));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 201 ? 1 : 0, host.Entries().Count);
    }

    [Theory]
    [InlineData(0, 201)]
    [InlineData(120, 201)]
    [InlineData(121, 412)]
    public async Task Row_24_a_version_7_key_says_it_by_its_own_time(int minutes, int status)
    {
        await using var host = await PostHost.StartAsync(RefusesLate);
        var made = host.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var key = EntryId.FromRow(made << 12, 0x1234_5678_9ABC_DEF0).ToString();
        host.Time.Advance(TimeSpan.FromMinutes(minutes));
        using var response = await host.PostJsonAsync(Keys.Ada, Keys.Header(key));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Row_24_the_refusal_says_what_to_do()
    {
        await using var host = await PostHost.StartAsync(RefusesLate);
        using var response = await host.PostJsonAsync(
            Keys.Ada, Keys.Header(Keys.One), ("Idempotency-First-Sent", "Wed, 30 Jan 2030 12:00:00 GMT"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, response.StatusCode);
        var json = await response.JsonAsync();
        Assert.Equal("idempotency-key-expired", json.GetProperty("code").GetString());
        Assert.Contains("24 hours ago", json.GetProperty("message").GetString());
        Assert.False(json.GetProperty("retry").GetProperty("useful").GetBoolean());
    }

    [Fact]
    public async Task Row_24_counts_only_where_it_is_switched_on()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(
            Keys.Ada, Keys.Header(Keys.One), ("Idempotency-First-Sent", "Wed, 30 Jan 2020 12:00:00 GMT"));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}
