using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Execution;

/// <summary>No input causes a 500, also where a type holds less than its schema allows.</summary>
public sealed partial class TypedDocumentTests
{
    [Theory]
    [InlineData("""{"count":1}""", 201)]
    [InlineData("""{"count":99999999999}""", 400)]
    [InlineData("""{"count":1e300}""", 400)]
    [InlineData("""{"count":1.0}""", 400)]
    [InlineData("""{"count":1.5}""", 400)]
    [InlineData("""{"count":"7"}""", 201)]
    [InlineData("""{"count":null}""", 400)]
    [InlineData("""{}""", 400)]
    [InlineData("""[]""", 400)]
    public async Task A_value_that_does_not_fit_its_type_is_the_callers_fault(string body, int status)
    {
        await using var host = await StartAsync();
        using var response = await host.PostAsync("/api/order", "application/json", body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 201 ? 1 : 0, host.Entries().Count);
    }

    [Fact]
    public async Task It_is_named_by_its_pointer()
    {
        await using var host = await StartAsync();
        using var response = await host.PostAsync("/api/order", "application/json", """{"count":99999999999}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var json = await response.JsonAsync();
        Assert.Equal("/count", json.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    private static Task<PostHost> StartAsync() => PostHost.StartAsync(
        new PostroomDeclaration(),
        app => app.MapForm("/api/order", OrderJson.Default.Order)
            .InTransaction((order, _, _) => ValueTask.CompletedTask));

    internal sealed class Order
    {
        public required int Count { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Order))]
    internal sealed partial class OrderJson : JsonSerializerContext;
}
