using Microsoft.AspNetCore.Builder;
using Postroom.Answers;
using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Hosting;

/// <summary>What every answer that we write says to browsers, on every route and of every status.</summary>
public sealed class SecurityHeaderTests
{
    /// <summary>Method, path, media type, body, what is accepted, and the status.</summary>
    public static TheoryData<string, string, string, string, string, int> Answers { get; } = new()
    {
        { "GET", "/api/contact", "", "", "text/html", 200 },
        { "HEAD", "/api/contact", "", "", "text/html", 200 },
        { "GET", "/api/contact", "", "", "application/json", 405 },
        { "PUT", "/api/contact", "", "", "*/*", 405 },
        { "POST", "/api/contact", "application/json", Keys.Ada, "*/*", 201 },
        { "POST", "/api/contact", "application/json", Keys.Ada, "text/html", 303 },
        { "POST", "/api/contact", "application/json", "{}", "*/*", 400 },
        { "POST", "/api/contact", "application/json", Keys.Ada, "application/xml", 201 },
        { "POST", "/api/contact", "application/json", "{}", "application/xml", 400 },
        { "GET", "/_postroom/errors/none", "", "", "application/xml", 404 },
        { "GET", "/_postroom/receipts/none", "", "", "application/xml", 404 },
        { "POST", "/api/contact", "application/x-www-form-urlencoded", "name=", "text/html", 400 },
        { "POST", "/api/contact", "application/json", "{", "text/html", 400 },
        { "POST", "/api/contact", "image/png", "x", "*/*", 415 },
        { "POST", "/api/contact", "image/png", "x", "text/html", 415 },
        { "GET", "/_postroom/health", "", "", "*/*", 200 },
        { "GET", "/_postroom/errors", "", "", "text/html", 200 },
        { "GET", "/_postroom/errors/not-found", "", "", "text/html", 200 },
        { "GET", "/_postroom/errors/none", "", "", "text/html", 404 },
        { "GET", "/_postroom/errors/none", "", "", "*/*", 404 },
        { "GET", "/_postroom/receipts/none", "", "", "text/html", 404 },
        { "GET", "/_postroom/", "", "", "text/html", 401 },
        { "GET", "/_postroom/sign-in", "", "", "text/html", 401 },
        { "POST", "/_postroom/sign-in", "text/plain", "x", "text/html", 403 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_answer_is_private_typed_and_silent_about_the_server(
        string method, string path, string mediaType, string body, string accept, int status)
    {
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [PostHost.Contact] }, app => app.MapPostroomConsole());
        using var response = await SendAsync(host, method, path, mediaType, body, accept);
        Assert.Equal(status, (int)response.StatusCode);
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            Assert.Equal("Accept", response.Header("Vary"));
        }

        Assert.Null(response.Header("Server"));
        Assert.Null(response.Header("X-Powered-By"));
        if (response.Header("Content-Type") is not { } type)
        {
            return;
        }

        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
        if (accept == "text/html")
        {
            Assert.Equal("text/html; charset=utf-8", type);
            Assert.StartsWith("default-src 'none'; ", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", response.Header("Content-Security-Policy"));
            Assert.Equal("same-origin", response.Header("Referrer-Policy"));
            Assert.Equal("same-origin", response.Header("Cross-Origin-Resource-Policy"));
        }
        else if (accept == "application/xml")
        {
            Assert.Equal(status < 400 ? XmlAnswer.MediaType : XmlAnswer.ProblemMediaType, type);
            Assert.StartsWith("default-src 'none'; ", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(status < 400 ? "application/json" : "application/problem+json", type);
        }
    }

    /// <summary>Targets and headers by which somebody may hope to begin a line of the answer.</summary>
    public static TheoryData<string, string> Splits { get; } = new()
    {
        { "/api/contact?x=%0d%0aSet-Cookie:%20a=b", "Accept: text/html" },
        { "/api/contact/%0d%0aSet-Cookie:%20a=b", "Accept: text/html" },
        { "//%0d%0aSet-Cookie:%20a=b", "Accept: text/html" },
        { "/_postroom/errors/%0d%0aSet-Cookie:%20a=b", "Accept: */*" },
        { "/_postroom/receipts/%0d%0aSet-Cookie:%20a=b", "Accept: */*" },
        { "/api/contact", "Origin: http://localhost:1%0d%0aSet-Cookie:%20a=b" },
        { "/api/contact", "Origin: http://localhost:1\rSet-Cookie: a=b" },
        { "/api/contact", "Origin: http://localhost:1\nSet-Cookie: a=b" },
        { "/api/contact", "Origin: http://localhost:1\u00e4" },
        { "/api/contact", "Idempotency-Key: \"%0d%0aSet-Cookie: a=b-0123456789\"" },
        { "/api/contact", "X-Forwarded-Host: a%0d%0aSet-Cookie: a=b" },
        { "/api/contact", "Access-Control-Request-Headers: %0d%0aSet-Cookie: a=b" },
    };

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task Nothing_that_is_sent_begins_a_line_of_the_answer(string target, string header)
    {
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Proxies = ["127.0.0.0/8"], Endpoints = [PostHost.Contact] },
            app => app.MapPostroomConsole());
        foreach (var method in (string[])["GET", "POST", "OPTIONS"])
        {
            var body = method == "POST" ? Keys.Ada : "";
            using var raw = await RawPost.SendBytesAsync(
                host.Address,
                $"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{header}\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
            Assert.InRange(raw.Status, 200, 499);
            Assert.DoesNotContain("\nSet-Cookie", raw.Head, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static Task<HttpResponseMessage> SendAsync(
        PostHost host, string method, string path, string mediaType, string body, string accept) => method == "POST"
            ? host.PostAsync(path, mediaType, body, ("Accept", accept))
            : host.SendAsync(new HttpMethod(method), path, ("Accept", accept));
}
