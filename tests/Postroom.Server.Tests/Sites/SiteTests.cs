using System.IO.Compression;
using System.Net;
using System.Text;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Sites;

/// <summary>The static files of <c>site:</c>: what is compressed and for whom, and what never is.</summary>
public sealed class SiteTests
{
    private static readonly string Page = $"<!doctype html><title>Page</title>{new string('x', 5000)}";

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("X-GZIP", "gzip")]
    [InlineData("deflate", null)]
    [InlineData("*", "br")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("*;q=0.5, br;q=0", "gzip")]
    [InlineData("br;q=0.5, gzip;q=0.6", "gzip")]
    [InlineData("identity, br;q=0.5", null)]
    [InlineData("identity;q=0.5, br", "br")]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("*;q=0", null)]
    [InlineData("br;q=nan", null)]
    public async Task A_text_comes_in_the_coding_that_is_wanted_most(string? accepted, string? coding)
    {
        using var folder = Folder();
        await using var host = await SiteHost.StartAsync(folder);
        using var answer = await host.GetAsync("/page.html", accepted);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(coding, Header(answer, "Content-Encoding"));
        Assert.Equal("Accept-Encoding", Header(answer, "Vary"));
        Assert.Equal("no-cache", Header(answer, "Cache-Control"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("text/html", Header(answer, "Content-Type"));
        Assert.Null(Header(answer, "Content-Security-Policy"));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(bytes.Length, answer.Content.Headers.ContentLength);
        Assert.Equal(Page, Decode(bytes, coding));
    }

    [Theory]
    [InlineData("small.css", "Accept-Encoding")]
    [InlineData("random.txt", "Accept-Encoding")]
    [InlineData("picture.png", null)]
    [InlineData("archive.zip", null)]
    public async Task What_is_small_or_would_not_shrink_or_is_compressed_already_stays_as_it_is(string name, string? vary)
    {
        using var folder = Folder();
        await using var host = await SiteHost.StartAsync(folder);
        using var answer = await host.GetAsync("/" + name, "br, gzip");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(Header(answer, "Content-Encoding"));
        Assert.Equal(vary, Header(answer, "Vary"));
        Assert.Equal(await File.ReadAllBytesAsync(folder[name]), await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Each_coding_has_its_tag_and_is_known_again_by_it()
    {
        using var folder = Folder();
        await using var host = await SiteHost.StartAsync(folder);
        var tags = new List<string>();
        foreach (var coding in (string[])["br", "gzip", "identity"])
        {
            using var first = await host.GetAsync("/", coding);
            tags.Add(Header(first, "ETag")!);
            using var again = await host.GetAsync("/", coding, ("If-None-Match", tags[^1]));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }

        Assert.Equal(3, tags.Distinct().Count());
        using var other = await host.GetAsync("/", "gzip", ("If-None-Match", tags[0]));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_range_is_one_of_the_coded_bytes_and_HEAD_tells_their_length()
    {
        using var folder = Folder();
        await using var host = await SiteHost.StartAsync(folder);
        using var whole = await host.GetAsync("/page.html", "br");
        using var part = await host.GetAsync("/page.html", "br", ("Range", "bytes=2-4"));
        using var head = await host.SendAsync(HttpMethod.Head, "/page.html", null, "br");
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("br", Header(part, "Content-Encoding"));
        Assert.Equal(bytes[2..5], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_page_that_was_edited_or_removed_is_so_at_the_next_request()
    {
        using var folder = Folder();
        await using var host = await SiteHost.StartAsync(folder);
        using var before = await host.GetAsync("/page.html", "br");
        folder.Write("page.html", Page + "edited");
        using var after = await host.GetAsync("/page.html", "br");
        Assert.Equal(Page + "edited", Decode(await after.Content.ReadAsByteArrayAsync(), "br"));
        File.Delete(folder["page.html"]);
        using var gone = await host.GetAsync("/page.html", "br");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Of_many_who_come_at_once_each_gets_the_whole_page_coded_or_plain()
    {
        using var folder = Folder();
        await using var host = await SiteHost.StartAsync(folder);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async number =>
        {
            using var answer = await host.GetAsync("/page.html", number % 2 == 0 ? "br" : "gzip");
            Assert.Equal(Page, Decode(await answer.Content.ReadAsByteArrayAsync(), Header(answer, "Content-Encoding")));
        }));
        using var after = await host.GetAsync("/page.html", "br");
        Assert.Equal("br", Header(after, "Content-Encoding"));
    }

    [Fact]
    public async Task A_folder_that_is_named_like_a_text_does_no_harm()
    {
        using var folder = Folder();
        Directory.CreateDirectory(folder["folder.html"]);
        await using var host = await SiteHost.StartAsync(folder);
        using var answer = await host.GetAsync("/folder.html", "br");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/../postroom.yaml")]
    [InlineData("/%2e%2e/postroom.yaml")]
    [InlineData("/.hidden.html")]
    public async Task Nothing_beside_the_site_is_compressed_into_it(string path)
    {
        using var folder = Folder();
        folder.Write(".hidden.html", Page);
        await using var host = await SiteHost.StartAsync(folder);
        using var answer = await host.GetAsync(path, "br");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    [InlineData("application/xml")]
    public async Task What_carries_a_token_or_repeats_what_was_sent_is_never_compressed(string accept)
    {
        using var folder = Folder();
        await using var host = await SiteHost.StartAsync(folder);
        var text = new string('a', 5000);
        HttpResponseMessage[] answers =
        [
            await host.GetAsync("/api/contact", "br, gzip", ("Accept", accept)),
            await host.PostAsync("name=" + text, "br, gzip", ("Accept", accept)),
            await host.PostAsync("name=" + text + "&name[x]=" + text, "br, gzip", ("Accept", accept)),
            await host.GetAsync("/none/" + text, "br, gzip", ("Accept", accept)),
            await host.GetAsync("/_postroom/", "br, gzip", ("Accept", accept)),
            await host.GetAsync("/_postroom/sign-in?token=" + text, "br, gzip", ("Accept", accept)),
            await host.GetAsync("/_postroom/receipts/" + text, "br, gzip", ("Accept", accept)),
        ];
        Assert.All(answers, answer =>
        {
            Assert.Null(Header(answer, "Content-Encoding"));
            answer.Dispose();
        });
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData(null)]
    public async Task The_stylesheet_of_our_own_pages_is_compressed_too(string? coding)
    {
        using var folder = Folder();
        await using var host = await SiteHost.StartAsync(folder);
        using var answer = await host.GetAsync("/_postroom/assets/postroom.css", coding);
        Assert.Equal(coding, Header(answer, "Content-Encoding"));
        Assert.Equal("Accept-Encoding", Header(answer, "Vary"));
        Assert.StartsWith("/*", Decode(await answer.Content.ReadAsByteArrayAsync(), coding), StringComparison.Ordinal);
        using var again = await host.GetAsync(
            "/_postroom/assets/postroom.css", coding, ("If-None-Match", Header(answer, "ETag")!));
        using var other = await host.GetAsync(
            "/_postroom/assets/postroom.css", coding is "br" ? "gzip" : "br", ("If-None-Match", Header(answer, "ETag")!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    private static TestFolder Folder()
    {
        var folder = new TestFolder();
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);
        folder.Write("page.html", Page);
        folder.Write("index.html", Page);
        folder.Write("small.css", "a{}");
        File.WriteAllBytes(folder["random.txt"], noise);
        File.WriteAllBytes(folder["picture.png"], new byte[5000]);
        File.WriteAllBytes(folder["archive.zip"], new byte[5000]);
        return folder;
    }

    private static string Decode(byte[] bytes, string? coding)
    {
        using var stream = new MemoryStream(bytes);
        using Stream decoded = coding switch
        {
            "br" => new BrotliStream(stream, CompressionMode.Decompress),
            "gzip" => new GZipStream(stream, CompressionMode.Decompress),
            _ => stream,
        };
        return new StreamReader(decoded, Encoding.UTF8).ReadToEnd();
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
}
