using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources;

/// <summary>A resource that the host's code maps.</summary>
public sealed class CodeResourceTests
{
    [Fact]
    public async Task Its_schema_is_the_types_and_its_rules_are_the_codes()
    {
        await using var host = await StartAsync(users => users.Unique(user => user.Email).RequireIfMatch());
        using var wrong = await host.SendAsync("POST", "/api/users", """{"name":"Ada"}""");
        Assert.Equal(400, (int)wrong.StatusCode);
        var address = await host.CreateAsync("ada@example.com");
        using var taken = await host.SendAsync("POST", "/api/users", """{"email":"Ada@example.com"}""");
        Assert.Equal("duplicate", await taken.CodeAsync());
        using var blind = await host.SendAsync("PATCH", address, """{"name":"Ada"}""");
        Assert.Equal(428, (int)blind.StatusCode);
    }

    [Fact]
    public async Task An_upsert_is_declared_by_its_field()
    {
        await using var host = await StartAsync(users => users
            .Unique(user => user.Email).Upsert(user => user.Email).Index(user => user.Name, user => user.Age));
        await host.CreateAsync("ada@example.com");
        using var second = await host.SendAsync("POST", "/api/users", """{"email":"ada@example.com","age":36}""");
        Assert.Equal(200, (int)second.StatusCode);
    }

    [Fact]
    public async Task Its_code_runs_inside_the_commit_with_the_record_as_it_will_be()
    {
        var seen = new ConcurrentQueue<(PostAction, string?, int?, EntryId)>();
        await using var host = await StartAsync(users => users.InTransaction((user, unit, _) =>
        {
            seen.Enqueue((unit.Action, user.Email, user.Age, unit.Record));
            if (user.Age < 18)
            {
                unit.Refuse("Come back later.", "/age");
            }

            return default;
        }));
        var address = await host.CreateAsync("ada@example.com");
        using var patched = await host.SendAsync("PATCH", address, """{"age":36}""");
        Assert.Equal(200, (int)patched.StatusCode);
        using var young = await host.SendAsync("PATCH", address, """{"age":7}""");
        Assert.Equal(422, (int)young.StatusCode);
        using var deleted = await host.SendAsync("DELETE", address);
        Assert.Equal(204, (int)deleted.StatusCode);
        var id = address[(address.LastIndexOf('/') + 1)..];
        Assert.Equal(
            [(PostAction.Create, "ada@example.com", null), (PostAction.Update, "ada@example.com", 36), (PostAction.Update, "ada@example.com", 7)],
            seen.Select(call => (call.Item1, call.Item2, call.Item3)));
        Assert.All(seen, call => Assert.Equal(id, call.Item4.ToString()));
    }

    [Fact]
    public async Task A_final_refusal_is_kept_under_the_key_and_makes_no_record()
    {
        await using var host = await StartAsync(users => users.InTransaction((_, unit, _) =>
        {
            unit.RefuseFinally("Declined.");
            return default;
        }));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var answer = await host.SendAsync(
                "POST", "/api/users", """{"email":"ada@example.com"}""", ("Idempotency-Key", "0123456789abcdef"));
            Assert.Equal(409, (int)answer.StatusCode);
            Assert.Equal(attempt == 0 ? "created" : "replayed", answer.Header("Idempotency-Status"));
        }

        using var list = await host.SendAsync("GET", "/api/users");
        Assert.Equal(0, (await list.JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_follows_gets_the_record_as_it_was_then()
    {
        var done = new ConcurrentQueue<(PostAction, string?, string)>();
        await using var host = await StartAsync(users => users.Afterwards((user, job, _) =>
        {
            done.Enqueue((job.Action, user.Name, job.Record.ToString()));
            return default;
        }));
        var address = await host.CreateAsync("ada@example.com");
        using var patched = await host.SendAsync("PATCH", address, """{"name":"Ada"}""");
        using var deleted = await host.SendAsync("DELETE", address);
        Assert.Equal(204, (int)deleted.StatusCode);
        await Patience.UntilAsync(() => done.Count == 2, "both jobs");
        var id = address[(address.LastIndexOf('/') + 1)..];
        Assert.Equal([(PostAction.Create, null, id), (PostAction.Update, "Ada", id)], done.Order());
    }

    [Fact]
    public async Task It_reads_as_the_documentation_shows()
    {
        var callers = new TestCallers();
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration(),
            app =>
            {
                app.UseAuthentication();
                Map(app);
            },
            configure: builder =>
            {
                callers.Add(builder);
                builder.Services.ConfigureHttpJsonOptions(options =>
                    options.SerializerOptions.TypeInfoResolverChain.Insert(0, UserJson.Default));
            });
        var address = await host.CreateAsync("ada@example.com", ("Authorization", "Test ada"));
        using var own = await host.SendAsync("GET", address, headers: ("Authorization", "Test ada"));
        Assert.Equal(200, (int)own.StatusCode);
        using var other = await host.SendAsync("GET", address, headers: ("Authorization", "Test eve"));
        Assert.Equal(404, (int)other.StatusCode);
    }

    private static void Map(WebApplication app) =>
        app.MapResource<User>("/api/users")
           .Access(create: "public", read: "owner", list: "role:admin", update: "owner", delete: "role:admin")
           .Unique(user => user.Email)
           .RequireIfMatch()
           .InTransaction((User user, IPostUnit unit, CancellationToken cancel) => default)   // reads and writes of your own tables, in the commit
           .Afterwards((User user, IPostJob job, CancellationToken cancel) => default);       // a durable job, once it is committed

    private static Task<PostHost> StartAsync(Action<ResourceBuilder<User>> configure) => PostHost.StartAsync(
        new PostroomDeclaration(),
        app => configure(app.MapResource("/api/users", UserJson.Default.User)
            .Access(create: "public", read: "public", list: "public", update: "public", delete: "public")));
}
