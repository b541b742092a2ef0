using System.Text;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources;

/// <summary>Many at once: what may happen once happens once, and the others are told why.</summary>
public sealed class RaceTests
{
    private const int Callers = 100;

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Of_a_hundred_equal_posts_one_makes_a_record_and_the_others_learn_its_id(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store);
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            using var answer = await host.SendAsync("POST", "/api/users", """{"email":"ada@example.com"}""");
            return ((int)answer.StatusCode, await answer.JsonAsync());
        }));
        var created = Assert.Single(answers, answer => answer.Item1 == 201).Item2;
        Assert.All(answers.Where(answer => answer.Item1 != 201), answer =>
        {
            Assert.Equal(409, answer.Item1);
            Assert.Equal("/email", answer.Item2.GetProperty("errors")[0].GetProperty("pointer").GetString());
            Assert.Equal(created.GetProperty("id").GetString(), answer.Item2.GetProperty("existing").GetProperty("id").GetString());
        });
        using var list = await host.SendAsync("GET", "/api/users");
        Assert.Equal(1, (await list.JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Of_many_changes_of_one_version_one_counts(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store);
        var address = await host.CreateAsync("ada@example.com");
        var statuses = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            using var answer = await host.SendAsync("PATCH", address, $$"""{"age":{{caller}}}""", ("If-Match", "\"1\""));
            return (int)answer.StatusCode;
        }));
        Assert.Single(statuses, 200);
        Assert.Equal(Callers - 1, statuses.Count(status => status == 412));
    }

    /// <summary>Without If-Match a change is tried anew: each of them counts, or it says that it did not.</summary>
    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Every_change_that_is_acknowledged_makes_a_version(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store);
        var address = await host.CreateAsync("ada@example.com");
        var statuses = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            using var answer = await host.SendAsync("PATCH", address, $$"""{"age":{{caller}}}""");
            if ((int)answer.StatusCode == 409)
            {
                Assert.Equal("conflict", await answer.CodeAsync());
                Assert.Equal("1", answer.Header("Retry-After"));
            }

            return (int)answer.StatusCode;
        }));
        Assert.All(statuses, status => Assert.True(status is 200 or 409, $"{status}"));
        using var read = await host.SendAsync("GET", address);
        Assert.Equal(1 + statuses.Count(status => status == 200), (await read.JsonAsync()).GetProperty("version").GetInt32());
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Many_upserts_of_one_value_make_one_record(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, ResourceHost.Users with
        {
            Resource = ResourceHost.Users.Resource with { Upsert = ["/email"] },
        });
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            using var answer = await host.SendAsync("POST", "/api/users", $$"""{"email":"ada@example.com","age":{{caller}}}""");
            return (int)answer.StatusCode;
        }));
        Assert.Single(answers, 201);
        Assert.All(answers, status => Assert.True(status is 200 or 201 or 409, $"{status}"));
        using var list = await host.SendAsync("GET", "/api/users");
        var record = Assert.Single((await list.JsonAsync()).GetProperty("items").EnumerateArray());
        Assert.Equal(1 + answers.Count(status => status == 200), record.GetProperty("version").GetInt32());
    }

    /// <summary>A reference that is made while its target goes: one of the two is refused, whichever was later.</summary>
    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task No_reference_is_left_behind(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, ResourceHost.Users, Posts);
        for (var round = 0; round < 20; round++)
        {
            var user = await host.CreateAsync($"ada{round}@example.com");
            var id = user[(user.LastIndexOf('/') + 1)..];
            var post = host.SendAsync("POST", "/api/posts", $$"""{"author":"{{id}}"}""");
            var delete = host.SendAsync("DELETE", user);
            using var posted = await post;
            using var deleted = await delete;
            Assert.True(((int)posted.StatusCode, (int)deleted.StatusCode) is (201, 409) or (400, 204),
                $"{posted.StatusCode} {deleted.StatusCode}");
        }
    }

    private static EndpointDeclaration Posts { get; } = new()
    {
        Path = "/api/posts",
        Kind = EndpointKind.Resource,
        Schema = Encoding.UTF8.GetBytes(
            """{"type":"object","properties":{"author":{"type":"string","x-ref":"/api/users"}}}"""),
        Resource = new ResourceDeclaration { Access = AccessDeclaration.All("public") },
    };
}
