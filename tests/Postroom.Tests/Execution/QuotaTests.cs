using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Execution;

/// <summary>How many entries are taken, in all or in each hour or day.</summary>
public sealed class QuotaTests
{
    private const string Spam = """{"name":"Eve","email":"eve@example.com","_gotcha":"x"}""";
    private static readonly (string, string) Key = ("Idempotency-Key", "0123456789abcdef0123");

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Of_fifty_at_once_as_many_are_taken_as_it_says(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [Limited(new(10))] }, store: kind.Choose);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => host.PostJsonAsync(Person(number))));
        Assert.Equal(10, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(40, answers.Count(answer => answer.StatusCode == HttpStatusCode.Gone));
        Assert.Equal(10, host.Entries().Count);
    }

    [Fact]
    public async Task When_it_is_reached_it_says_so_and_a_repeat_gets_its_answer()
    {
        await using var host = await PostHost.StartAsync(Limited(new(1)));
        using var first = await host.PostJsonAsync(Person(1), Key);
        using var repeat = await host.PostJsonAsync(Person(1), Key);
        using var second = await host.PostJsonAsync(Person(2));
        Assert.Equal("replayed", repeat.Header("Idempotency-Status"));
        Assert.Equal(HttpStatusCode.Gone, second.StatusCode);
        var json = await second.JsonAsync();
        Assert.Equal("quota-reached", json.GetProperty("code").GetString());
        Assert.Equal("Full.", json.GetProperty("message").GetString());
        Assert.Equal("quota", json.GetProperty("limit").GetProperty("name").GetString());
        Assert.Equal(1, json.GetProperty("limit").GetProperty("value").GetInt64());
        Assert.False(json.GetProperty("retry").GetProperty("useful").GetBoolean());
    }

    [Theory]
    [InlineData(1, "3600")]
    [InlineData(24, "43200")]
    public async Task A_period_ends_with_the_hour_or_day_of_UTC(int hours, string wait)
    {
        await using var host = await PostHost.StartAsync(Limited(new(1, TimeSpan.FromHours(hours))));
        using var first = await host.PostJsonAsync(Person(1));
        using var second = await host.PostJsonAsync(Person(2));
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal("quota-exceeded", await second.CodeAsync());
        Assert.Equal(wait, second.Header("Retry-After"));
        host.Time.Advance(TimeSpan.FromSeconds(int.Parse(wait, null)));
        using var next = await host.PostJsonAsync(Person(2));
        Assert.Equal(HttpStatusCode.Created, next.StatusCode);
    }

    [Fact]
    public async Task What_is_held_does_not_count_before_its_release()
    {
        await using var host = await PostHost.StartAsync(Limited(new(2)));
        using var spam = await host.PostJsonAsync(Spam);
        using var first = await host.PostJsonAsync(Person(1));
        var held = Assert.Single(host.Entries(EntryState.Held));
        await host.Services.GetRequiredService<IEntryReleases>().ReleaseAsync(held, hasFollowed: false);
        using var second = await host.PostJsonAsync(Person(2));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, second.StatusCode);
    }

    [Fact]
    public async Task A_browser_sees_that_it_is_full_in_place_of_the_form()
    {
        await using var host = await PostHost.StartAsync(Limited(new(1)));
        using var open = await host.SendAsync(HttpMethod.Get, "/api/contact", ("Accept", "text/html"));
        using var first = await host.PostJsonAsync(Person(1));
        using var full = await host.SendAsync(HttpMethod.Get, "/api/contact", ("Accept", "text/html"));
        Assert.Equal((200, 410), ((int)open.StatusCode, (int)full.StatusCode));
        var page = await full.Content.ReadAsStringAsync();
        Assert.Contains("Full.", page);
        Assert.DoesNotContain("<form", page);
    }

    private static EndpointDeclaration Limited(QuotaDeclaration quota) => PostHost.Contact with
    {
        Quota = quota,
        Respond = PostHost.Contact.Respond with { Closed = "Full." },
        Limits = new() { Rate = null },
    };

    private static string Person(int number) => $$"""{"name":"P","email":"p{{number}}@example.com"}""";
}
