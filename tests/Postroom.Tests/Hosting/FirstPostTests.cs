using System.Net;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Hosting;

public sealed class FirstPostTests
{
    [Fact]
    public async Task A_contact_is_stored_and_thanked()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync("""{"name":"Ada","email":"ada@example.com"}""");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var json = await response.JsonAsync();
        Assert.Equal("Thank you for contacting us, Ada!", json.GetProperty("message").GetString());
        var entry = Assert.Single(host.Entries());
        Assert.Equal(entry.Id.ToString(), json.GetProperty("id").GetString());
        Assert.Equal(entry.Id.ToString(), response.Header("Postroom-Entry"));
        await host.Log.ContainsAsync("POST /api/contact 201 stored");
    }
}
