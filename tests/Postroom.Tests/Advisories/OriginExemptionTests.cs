using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Advisories;

/// <summary>
/// GO-2025-3955: an exemption was written as a pattern of paths, and the pattern matched a path that was then served by
/// another handler. Ours belongs to the endpoint that was matched.
/// </summary>
public sealed class OriginExemptionTests
{
    private const string Partner = "https://partner.example";

    [Theory]
    [InlineData("/api/special")]
    [InlineData("/api/special/")]
    [InlineData("/API/SPECIAL")]
    [InlineData("/api/special?x=/api/contact")]
    [InlineData("/api/special/../contact")]
    [InlineData("/api/special/%2e%2e/contact")]
    [InlineData("/api/special%2f..%2fcontact")]
    [InlineData("/api/special;/../contact")]
    [InlineData("/api/special//../contact")]
    [InlineData("//api/special")]
    [InlineData("/api//contact")]
    [InlineData("/api/./contact")]
    [InlineData("/api/contact")]
    [InlineData("/api/contact/")]
    [InlineData("/api/contact?/api/special")]
    [InlineData("/api/contact/special")]
    [InlineData("/api/special/contact")]
    public async Task GO_2025_3955_no_path_carries_an_exemption_to_another_endpoint(string path)
    {
        await using var host = await PostHost.StartAsync(new PostroomDeclaration
        {
            Url = new Uri("https://post.example.com"),
            Endpoints = [PostHost.Contact, PostHost.Contact with { Path = "/api/special", Origins = [Partner] }],
        });
        using var answer = await RawPost.SendBytesAsync(
            host.Address,
            $"POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nOrigin: {Partner}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Keys.Ada.Length}\r\n\r\n{Keys.Ada}");
        var entries = host.Entries();
        Assert.Equal(answer.Status == 201 ? 1 : 0, entries.Count);
        Assert.All(entries, entry => Assert.Equal("/api/special", entry.Endpoint));
        Assert.InRange(answer.Status, 201, 499);
    }
}
