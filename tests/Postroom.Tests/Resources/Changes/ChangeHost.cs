using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources.Changes;

/// <summary>A host with users whose changes are kept.</summary>
internal static class ChangeHost
{
    public static EndpointDeclaration Users { get; } = ResourceHost.Users with
    {
        Resource = ResourceHost.Users.Resource with { HasChanges = true },
    };

    public static Task<PostHost> StartAsync(StoreKind store) => ResourceHost.StartAsync(store, Users);

    /// <summary>Creates so many users; gives the address of the last.</summary>
    public static async Task<string> CreateManyAsync(this PostHost host, int count, string prefix = "user")
    {
        var address = "";
        for (var number = 1; number <= count; number++)
        {
            address = await host.CreateAsync($"{prefix}{number}@example.com");
        }

        return address;
    }

    public static async Task ChangeAsync(this PostHost host, string method, string address, string? json = null)
    {
        using var response = await host.SendAsync(method, address, json);
        Assert.True(response.IsSuccessStatusCode, $"{method} {address}: {response.StatusCode}");
    }
}
