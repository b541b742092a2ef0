using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources.Changes;

/// <summary>Nobody hears of a record that he could not list and read.</summary>
public sealed class ChangeAccessTests
{
    [Theory]
    [InlineData("memory", "owner", "owner")]
    [InlineData("sqlite", "owner", "owner")]
    [InlineData("memory", "owner", "authenticated")]
    [InlineData("memory", "authenticated", "owner")]
    public async Task Owners_are_told_of_their_own_only(string kind, string list, string read)
    {
        using var store = new StoreKind(kind);
        await using var host = await StartAsync(store, list, read);
        await using var stream = await EventStream.OpenAsync(host, ("Authorization", "Test ada"));
        var first = await host.CreateAsync("bob1@example.com", ("Authorization", "Test bob"));
        await host.CreateAsync("ada1@example.com", ("Authorization", "Test ada"));
        using var gone = await host.SendAsync("DELETE", first, null, ("Authorization", "Test bob"));
        Assert.Equal(204, (int)gone.StatusCode);
        var second = await host.CreateAsync("ada2@example.com", ("Authorization", "Test ada"));
        var events = await stream.TakeAsync(2);
        Assert.Equal(["ada1@example.com", "ada2@example.com"], events.Select(one => one.Email));

        await using var again = await EventStream.OpenAsync(host, "?after=0", ("Authorization", "Test ada"));
        Assert.Equal(events, await again.TakeAsync(2));
        Assert.EndsWith(events[1].Record, second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authenticated", "authenticated", null, 401)]
    [InlineData("role:admin", "public", "ada", 403)]
    [InlineData("public", "role:admin", "ada", 403)]
    [InlineData("owner", "public", null, 401)]
    public async Task Whoever_may_not_list_and_read_is_refused(string list, string read, string? caller, int status)
    {
        using var store = new StoreKind("memory");
        await using var host = await StartAsync(store, list, read);
        (string, string)[] headers = caller is null ? [] : [("Authorization", "Test " + caller)];
        using var response = await host.SendAsync("GET", "/api/users/changes", null, headers);
        Assert.Equal(status, (int)response.StatusCode);
        using var head = await host.SendAsync("HEAD", "/api/users/changes", null, headers);
        Assert.Equal(status, (int)head.StatusCode);
    }

    [Fact]
    public async Task A_place_among_the_changes_of_others_is_told_when_it_is_kept_alive()
    {
        using var store = new StoreKind("memory");
        await using var host = await StartAsync(store, "owner", "owner");
        await using var stream = await EventStream.OpenAsync(host, ("Authorization", "Test ada"));
        await stream.BlockAsync();
        await stream.BlockAsync();
        Assert.Equal("0", stream.LastId);
        await host.CreateAsync("bob@example.com", ("Authorization", "Test bob"));
        await host.Time.TimerMadeAsync(left => left > TimeSpan.FromSeconds(13) && left <= TimeSpan.FromSeconds(15));
        host.Time.Advance(TimeSpan.FromSeconds(15));
        var block = await stream.BlockAsync();
        Assert.Equal("", block!.Data);
        Assert.Equal("1", stream.LastId);
    }

    [Fact]
    public async Task A_field_that_is_never_shown_is_not_shown_here()
    {
        using var store = new StoreKind("memory");
        await using var host = await ChangeHost.StartAsync(store);
        await using var stream = await EventStream.OpenAsync(host);
        await host.ChangeAsync("POST", "/api/users", """{"email":"ada@example.com","password":"secret"}""");
        Assert.DoesNotContain("secret", (await stream.NextAsync())!.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_listed_origins_follow_and_others_do_not()
    {
        await using var host = await PostHost.StartAsync(new PostroomDeclaration
        {
            Endpoints = [ChangeHost.Users with { Origins = ["https://www.example.com"] }],
        });
        await using var listed = await EventStream.OpenAsync(host, ("Origin", "https://www.example.com"));
        Assert.Equal("https://www.example.com", listed.Response.Header("Access-Control-Allow-Origin"));
        await using var other = await EventStream.OpenAsync(host, ("Origin", "https://evil.example"));
        Assert.Null(other.Response.Header("Access-Control-Allow-Origin"));
    }

    private static Task<PostHost> StartAsync(StoreKind store, string list, string read) => PostHost.StartAsync(
        new PostroomDeclaration
        {
            Endpoints =
            [
                ChangeHost.Users with
                {
                    Resource = ChangeHost.Users.Resource with
                    {
                        Access = new AccessDeclaration
                        {
                            Create = "public", List = list, Read = read, Delete = "authenticated",
                        },
                    },
                },
            ],
        },
        app => Microsoft.AspNetCore.Builder.AuthAppBuilderExtensions.UseAuthentication(app),
        store.Choose,
        new TestCallers().Add);
}
