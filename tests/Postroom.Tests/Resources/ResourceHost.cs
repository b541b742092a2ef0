using System.Text;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources;

/// <summary>A host with a resource of users, and what is sent to it.</summary>
internal static class ResourceHost
{
    public const string UserSchema = """
        {"type":"object","required":["email"],"additionalProperties":false,"properties":{
          "email":{"type":"string","format":"email","maxLength":200},
          "name":{"type":"string","maxLength":100},
          "age":{"type":"integer"},
          "role":{"type":"string","enum":["reader","editor"],"default":"reader"},
          "score":{"type":"number","readOnly":true},
          "password":{"type":"string","writeOnly":true,"maxLength":100}}}
        """;

    public static EndpointDeclaration Users { get; } = new()
    {
        Path = "/api/users",
        Kind = EndpointKind.Resource,
        Schema = Encoding.UTF8.GetBytes(UserSchema),
        Unique = [new UniqueDeclaration([new UniqueField("/email")])],
        Resource = new ResourceDeclaration { Access = AccessDeclaration.All("public") },
    };

    public static Task<PostHost> StartAsync(StoreKind store, params EndpointDeclaration[] endpoints) =>
        PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = endpoints.Length == 0 ? [Users] : endpoints }, store: store.Choose);

    public static async Task<HttpResponseMessage> SendAsync(
        this PostHost host, string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await host.Client.SendAsync(request);
    }

    /// <summary>Creates a user and returns the path of the record.</summary>
    public static async Task<string> CreateAsync(this PostHost host, string email, params (string, string)[] headers)
    {
        using var response = await host.SendAsync("POST", "/api/users", $$"""{"email":"{{email}}"}""", headers);
        Assert.Equal(201, (int)response.StatusCode);
        return response.Header("Location")!;
    }
}
