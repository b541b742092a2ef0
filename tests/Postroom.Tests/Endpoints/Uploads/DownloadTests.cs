using System.Net;
using System.Text;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Endpoints.Uploads;

/// <summary>Files on their way back.</summary>
public sealed class DownloadTests
{
    [Theory]
    [InlineData("bytes=0-3", "0123", "bytes 0-3/10")]
    [InlineData("bytes=4-", "456789", "bytes 4-9/10")]
    [InlineData("bytes=-2", "89", "bytes 8-9/10")]
    [InlineData("bytes=8-99", "89", "bytes 8-9/10")]
    [InlineData("bytes=-99", "0123456789", null)]
    [InlineData("bytes=0-1,4-5", "0123456789", null)]
    [InlineData("lines=1-2", "0123456789", null)]
    [InlineData("bytes=5-2", "0123456789", null)]
    public async Task A_range_is_sent_alone(string range, string content, string? contentRange)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await UploadAsync(host, "a.txt", "0123456789");

        var answer = await host.SendAsync("GET", path, null, ("Range", range));

        Assert.Equal(contentRange is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(content, await answer.Content.ReadAsStringAsync());
        Assert.Equal(contentRange, answer.Header("Content-Range"));
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=-0")]
    public async Task A_range_behind_the_end_gets_416_with_the_size(string range)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await UploadAsync(host, "a.txt", "0123456789");

        var answer = await host.SendAsync("GET", path, null, ("Range", range));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal("bytes */10", answer.Header("Content-Range"));
        Assert.Equal("range-not-satisfiable", await answer.CodeAsync());
    }

    [Fact]
    public async Task Tags_save_what_is_known_and_If_Range_guards_a_part()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await UploadAsync(host, "a.txt", "0123456789");
        var tag = (await host.SendAsync("HEAD", path, null)).Header("ETag")!;

        Assert.Equal(HttpStatusCode.NotModified,
            (await host.SendAsync("GET", path, null, ("If-None-Match", $"\"x\", {tag}"))).StatusCode);
        Assert.Equal(HttpStatusCode.PartialContent,
            (await host.SendAsync("GET", path, null, ("Range", "bytes=0-1"), ("If-Range", tag))).StatusCode);
        Assert.Equal(HttpStatusCode.OK,
            (await host.SendAsync("GET", path, null, ("Range", "bytes=0-1"), ("If-Range", "\"other\""))).StatusCode);
    }

    [Fact]
    public async Task HEAD_tells_what_GET_would_send()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await UploadAsync(host, "a.txt", "0123456789");

        var head = await host.SendAsync("HEAD", path, null);

        Assert.Equal("10", head.Header("Content-Length"));
        Assert.Equal("bytes", head.Header("Accept-Ranges"));
        Assert.StartsWith("sha-256=:", head.Header("Repr-Digest"));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("page.html", "<!DOCTYPE html><script>alert(1)</script>", "attachment")]
    [InlineData("picture.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "attachment")]
    [InlineData("paper.pdf", "%PDF-1.7 <script>", "attachment")]
    [InlineData("polyglot.gif", "GIF89a/*<script>alert(1)</script>*/", "inline")]
    [InlineData("notes.txt", "plain, with <b>tags</b>", "inline")]
    public async Task Nothing_that_strangers_sent_runs_here(string name, string content, string disposition)
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Files = new FilesDeclaration { Types = ["text/html", "image/svg+xml", "*/*"] } });
        var path = await UploadAsync(host, name, content);

        var answer = await host.SendAsync("GET", path, null);

        Assert.StartsWith(disposition + ";", answer.Header("Content-Disposition"));
        Assert.Contains(name, answer.Header("Content-Disposition"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Contains("sandbox", answer.Header("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        if (disposition == "inline")
        {
            Assert.DoesNotContain("html", answer.Header("Content-Type"));
        }
    }

    [Theory]
    [InlineData("a\"b\\c.txt")]
    [InlineData("naïve — 日本.txt")]
    [InlineData("a\r\nSet-Cookie: x=1.txt")]
    public async Task A_name_never_breaks_the_header(string name)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await UploadAsync(host, Uri.EscapeDataString(name), "text", isEscaped: true);

        var answer = await host.SendAsync("GET", path, null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.Contains("filename*=UTF-8''", answer.Header("Content-Disposition"));
    }

    [Fact]
    public async Task Only_its_owner_reads_and_deletes_a_file_and_a_link_is_enough_for_a_time()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Access = "authenticated" }, callers: new TestCallers());
        (string, string?) ada = ("Authorization", "Test ada"), eve = ("Authorization", "Test eve");
        var path = (await host.SendAsync("POST", UploadHost.Path, "mine"u8.ToArray(), ada)).Header("Location")!;

        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync("GET", path, null, ada)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.SendAsync("GET", path, null, eve)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync("GET", path, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.SendAsync("DELETE", path, null, eve)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.SendAsync("GET", $"{path}/link", null, eve)).StatusCode);

        var link = await (await host.SendAsync("GET", $"{path}/link?seconds=60", null, ada)).JsonAsync();
        var url = link.GetProperty("url").GetString()!;
        Assert.Equal("mine", await host.Client.GetStringAsync(url));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync("GET", url[..^2] + "AA", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized,
            (await host.SendAsync("GET", url.Replace("expires=", "expires=9", StringComparison.Ordinal), null)).StatusCode);
        host.Host.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync("GET", url, null)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await host.SendAsync("DELETE", path, null, ada)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync("GET", path, null, ada)).StatusCode);
    }

    [Theory]
    [InlineData("seconds=0")]
    [InlineData("seconds=604801")]
    [InlineData("seconds=x")]
    public async Task A_link_has_its_bounds(string query)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await UploadAsync(host, "a.txt", "text");

        Assert.Equal(HttpStatusCode.BadRequest, (await host.SendAsync("GET", $"{path}/link?{query}", null)).StatusCode);
    }

    [Fact]
    public async Task Nobody_deletes_what_a_stranger_sent_unless_the_endpoint_says_so()
    {
        await using var strict = await UploadHost.StartAsync();
        await using var open = await UploadHost.StartAsync(
            endpoint => endpoint with { Upload = endpoint.Upload with { Delete = "public" } });

        Assert.Equal(HttpStatusCode.Forbidden,
            (await strict.SendAsync("DELETE", await UploadAsync(strict, "a.txt", "x"), null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent,
            (await open.SendAsync("DELETE", await UploadAsync(open, "a.txt", "x"), null)).StatusCode);
    }

    private static async Task<string> UploadAsync(UploadHost host, string name, string content, bool isEscaped = false)
    {
        var answer = await host.SendAsync("POST", UploadHost.Path, Encoding.UTF8.GetBytes(content),
            ("Slug", isEscaped ? name : Uri.EscapeDataString(name)));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Header("Location")!;
    }
}
