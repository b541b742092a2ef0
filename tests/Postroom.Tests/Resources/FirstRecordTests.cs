using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources;

/// <summary>The way of the first record: created, read, listed, changed, deleted.</summary>
public sealed class FirstRecordTests
{
    [Fact]
    public async Task A_record_is_created_read_listed_changed_and_deleted()
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store);

        using var created = await host.SendAsync("POST", "/api/users", """{"email":"ada@example.com","name":"Ada"}""");
        Assert.Equal(201, (int)created.StatusCode);
        var address = created.Header("Location")!;
        Assert.Equal("\"1\"", created.Header("ETag"));
        var record = await created.JsonAsync();
        Assert.Equal(address, "/api/users/" + record.GetProperty("id").GetString());
        Assert.Equal("reader", record.GetProperty("role").GetString());

        using var read = await host.SendAsync("GET", address);
        Assert.Equal(record.GetRawText(), (await read.JsonAsync()).GetRawText());

        using var list = await host.SendAsync("GET", "/api/users");
        Assert.Equal(record.GetRawText(), (await list.JsonAsync()).GetProperty("items")[0].GetRawText());

        using var patched = await host.SendAsync("PATCH", address, """{"name":null,"age":36}""");
        Assert.Equal(200, (int)patched.StatusCode);
        Assert.Equal("\"2\"", patched.Header("ETag"));
        Assert.Equal(36, (await patched.JsonAsync()).GetProperty("age").GetInt32());

        using var replaced = await host.SendAsync("PUT", address, """{"email":"ada@example.org"}""", ("If-Match", "\"2\""));
        Assert.Equal(200, (int)replaced.StatusCode);
        using var late = await host.SendAsync("PUT", address, """{"email":"ada@example.net"}""", ("If-Match", "\"2\""));
        Assert.Equal(412, (int)late.StatusCode);

        using var deleted = await host.SendAsync("DELETE", address);
        Assert.Equal(204, (int)deleted.StatusCode);
        using var gone = await host.SendAsync("GET", address);
        Assert.Equal(404, (int)gone.StatusCode);
    }

    [Fact]
    public async Task A_value_that_is_taken_is_refused_with_the_record_that_has_it()
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store);
        var address = await host.CreateAsync("ada@example.com");
        using var second = await host.SendAsync("POST", "/api/users", """{"email":"ADA@example.com"}""");
        Assert.Equal(409, (int)second.StatusCode);
        var problem = await second.JsonAsync();
        Assert.Equal("/email", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal(address, problem.GetProperty("existing").GetProperty("address").GetString());
    }
}
