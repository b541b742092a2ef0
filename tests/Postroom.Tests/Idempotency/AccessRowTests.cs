using System.Net;
using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Idempotency;

/// <summary>Row 25, and whose key a key is.</summary>
public sealed class AccessRowTests
{
    private const string Short = "order-7";

    [Fact]
    public async Task Row_25_a_permission_that_was_taken_back_counts_for_the_stored_answer_too()
    {
        var callers = new TestCallers();
        callers.Grant("ada", "clerk");
        await using var host = await StartAsync(callers, "role:clerk");
        using var first = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One), As("ada"));
        callers.Revoke("ada");
        using var refused = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One), As("ada"));
        callers.Grant("ada", "clerk");
        using var replayed = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One), As("ada"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("forbidden", await refused.CodeAsync());
        Assert.Null(refused.Header("Postroom-Entry"));
        Assert.Equal("replayed", replayed.Header("Idempotency-Status"));
        Assert.Single(host.Entries());
    }

    [Fact]
    public async Task Row_25_nobody_reads_the_answer_of_another_by_sending_his_key()
    {
        await using var host = await StartAsync(new TestCallers(), "authenticated");
        using var ada = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One), As("ada"));
        using var ben = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One), As("ben"));
        Assert.Equal("created", ben.Header("Idempotency-Status"));
        Assert.Equal(["user:ada", "user:ben"], host.Entries().Select(entry => entry.Owner));
    }

    [Fact]
    public async Task Row_09_who_is_not_signed_in_is_told_how_and_the_key_stays_free()
    {
        await using var host = await StartAsync(new TestCallers(), "authenticated");
        using var refused = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("unauthenticated", await refused.CodeAsync());
        Assert.Equal("Bearer", refused.Header("WWW-Authenticate"));
        Assert.Empty(host.Entries());
    }

    [Fact]
    public async Task Row_02_only_callers_who_are_signed_in_may_choose_short_keys()
    {
        await using var host = await StartAsync(new TestCallers(), "public");
        using var anonymous = await host.PostJsonAsync(Keys.Ada, Keys.Header(Short));
        using var known = await host.PostJsonAsync(Keys.Ada, Keys.Header(Short), As("ada"));
        Assert.Equal("idempotency-key-invalid", await anonymous.CodeAsync());
        Assert.Equal("created", known.Header("Idempotency-Status"));
    }

    private static (string Name, string Value) As(string name) => ("Authorization", "Test " + name);

    private static Task<PostHost> StartAsync(TestCallers callers, string access) => PostHost.StartAsync(
        new PostroomDeclaration { Endpoints = [PostHost.Contact with { Access = access }] },
        configure: callers.Add,
        map: app => app.UseAuthentication());
}
