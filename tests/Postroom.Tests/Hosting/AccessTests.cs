using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Hosting;

/// <summary>Who may post, by the rule of the endpoint.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData("public", null, 201)]
    [InlineData("public", "ben", 201)]
    [InlineData("authenticated", null, 401)]
    [InlineData("authenticated", "ben", 201)]
    [InlineData("role:clerk", null, 401)]
    [InlineData("role:clerk", "ben", 403)]
    [InlineData("role:clerk", "ada", 201)]
    [InlineData("role:Clerk", "ada", 403)]
    [InlineData("scope:post", "ada", 403)]
    public async Task The_rule_decides(string access, string? caller, int status)
    {
        var callers = new TestCallers();
        callers.Grant("ada", "clerk");
        await using var host = await StartAsync(callers, access);
        using var response = caller is null
            ? await host.PostJsonAsync(Keys.Ada)
            : await host.PostJsonAsync(Keys.Ada, ("Authorization", "Test " + caller));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 201 ? 1 : 0, host.Entries().Count);
        Assert.Equal(status == 401 ? "Bearer" : null, response.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task The_owner_is_kept_with_the_entry()
    {
        await using var host = await StartAsync(new TestCallers(), "public");
        using var known = await host.PostJsonAsync(Keys.Ada, ("Authorization", "Test ada"));
        using var anonymous = await host.PostJsonAsync(Keys.Ben);
        Assert.Equal(["user:ada", null], host.Entries().Select(entry => entry.Owner));
    }

    private static Task<PostHost> StartAsync(TestCallers callers, string access) => PostHost.StartAsync(
        new PostroomDeclaration { Endpoints = [PostHost.Contact with { Access = access }] },
        configure: callers.Add,
        map: app => app.UseAuthentication());
}
