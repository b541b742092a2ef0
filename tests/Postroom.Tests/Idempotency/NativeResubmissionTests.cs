using System.Net;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Idempotency;

/// <summary>A script's fetch fails, the browser submits the same form natively: one request in three notations.</summary>
public sealed class NativeResubmissionTests
{
    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task JSON_urlencoded_and_multipart_of_one_form_are_one_request(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(
            new Postroom.Declarations.PostroomDeclaration { Endpoints = [PostHost.Contact] }, store: kind.Choose);
        using var json = await host.PostJsonAsync(
            """{"name":"Ada Ünal","email":"ada@example.com","message":"","_gotcha":""}""", Keys.Header(Keys.One));
        using var urlencoded = await host.PostFormAsync(
            $"name=Ada+%C3%9Cnal&email=ada%40example.com&message=&_gotcha=&_key={Keys.One}", ("Accept", "text/html"));
        using var multipart = await host.PostAsync(
            "/api/contact", "multipart/form-data; boundary=b", Multipart(), ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.Created, json.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, urlencoded.StatusCode);
        Assert.Equal("replayed", urlencoded.Header("Idempotency-Status"));
        Assert.Equal("replayed", multipart.Header("Idempotency-Status"));
        Assert.Equal(urlencoded.Header("Location"), multipart.Header("Location"));
        Assert.Single(host.Entries());
    }

    private static string Multipart() => string.Concat(
        Part("email", "ada@example.com"), Part("name", "Ada Ünal"), Part("message", ""), Part("_key", Keys.One), "--b--\r\n");

    private static string Part(string name, string value) =>
        $"--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";
}
