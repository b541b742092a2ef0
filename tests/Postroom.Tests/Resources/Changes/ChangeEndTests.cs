using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Endpoints.Resources.Changes;
using Postroom.Plans;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources.Changes;

/// <summary>How many streams there are, and what ends one.</summary>
public sealed class ChangeEndTests
{
    [Fact]
    public async Task A_place_is_free_again_when_its_stream_has_ended()
    {
        using var store = new StoreKind("memory");
        await using var host = await PostHost.StartAsync(new PostroomDeclaration
        {
            Limits = new() { StreamsPerClient = 2 },
            Endpoints = [ChangeHost.Users],
        });
        await using var first = await EventStream.OpenAsync(host);
        await using (await EventStream.OpenAsync(host))
        {
            using var third = await host.SendAsync("GET", "/api/users/changes");
            Assert.Equal((429, "streams-exceeded"), ((int)third.StatusCode, await third.CodeAsync()));
            Assert.Equal("10", third.Header("Retry-After"));
        }

        await Patience.UntilAsync(() => host.Services.GetRequiredService<StreamSlots>().Open == 1, "a free place");
        await using var again = await EventStream.OpenAsync(host);
    }

    [Fact]
    public async Task A_server_that_stops_lets_its_followers_go()
    {
        using var store = new StoreKind("memory");
        var host = await ChangeHost.StartAsync(store);
        await using var stream = await EventStream.OpenAsync(host);
        await stream.BlockAsync();
        await stream.BlockAsync();
        await host.CreateManyAsync(1);
        Assert.Equal("user1@example.com", (await stream.NextAsync())?.Email);
        var stopping = host.StopAsync();
        Assert.Null(await stream.NextAsync());
        await stopping;
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_follows_for_longer_than_an_hour_without_asking_again()
    {
        using var store = new StoreKind("memory");
        await using var host = await ChangeHost.StartAsync(store);
        await using var stream = await EventStream.OpenAsync(host);
        await stream.BlockAsync();
        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await stream.NextAsync());
        Assert.Equal(0, host.Services.GetRequiredService<StreamSlots>().Open);
    }

    [Fact]
    public async Task Plans_that_are_swapped_end_it()
    {
        using var store = new StoreKind("memory");
        await using var host = await ChangeHost.StartAsync(store);
        await using var stream = await EventStream.OpenAsync(host);
        await stream.BlockAsync();
        var plans = host.Services.GetRequiredService<PlanTable>();
        plans.Replace([.. plans.Plans], null);
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Without_followers_nobody_looks()
    {
        using var store = new StoreKind("memory");
        await using var host = await ChangeHost.StartAsync(store);
        var watches = host.Services.GetRequiredService<ChangeWatches>();
        Assert.True(watches.IsIdle);
        await using (await EventStream.OpenAsync(host))
        {
            Assert.False(watches.IsIdle);
        }

        await Patience.UntilAsync(() => watches.IsIdle, "the end of watching");
    }

    [Theory]
    [InlineData("public", null, null, "`list` and one for `read`")]
    [InlineData(null, "public", null, "`list` and one for `read`")]
    [InlineData("public", "public", "/api/Users/changes", "where another endpoint is declared")]
    public async Task What_cannot_be_followed_is_not_started(string? list, string? read, string? other, string message)
    {
        using var store = new StoreKind("memory");
        var users = ChangeHost.Users with
        {
            Resource = ChangeHost.Users.Resource with { Access = new() { Create = "public", List = list, Read = read } },
        };
        EndpointDeclaration[] endpoints = other is null
            ? [users]
            : [users, new() { Path = other, Kind = EndpointKind.Form, Schema = Encoding.UTF8.GetBytes("{}") }];
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => ResourceHost.StartAsync(store, endpoints));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
