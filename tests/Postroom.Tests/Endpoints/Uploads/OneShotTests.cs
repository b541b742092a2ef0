using System.Net;
using System.Text;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Endpoints.Uploads;

/// <summary>Uploads that come in one request.</summary>
public sealed class OneShotTests
{
    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task A_raw_body_is_a_file_named_by_Content_Disposition(string store)
    {
        await using var host = await UploadHost.StartAsync(store: store);
        var bytes = UploadHost.Bytes(300_000);

        var answer = await host.SendAsync("POST", UploadHost.Path, bytes,
            ("Content-Disposition", "attachment; filename=\"plain.dat\"; filename*=UTF-8''r%C3%A9sum%C3%A9.dat"));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var json = await answer.JsonAsync();
        Assert.Equal("résumé.dat", json.GetProperty("name").GetString());
        Assert.Equal(bytes.Length, json.GetProperty("size").GetInt64());
        Assert.Equal(UploadHost.Sha256(bytes), json.GetProperty("sha256").GetString());
        Assert.Equal("application/octet-stream", json.GetProperty("type").GetString());
        Assert.EndsWith("Z", json.GetProperty("created").GetString());
        Assert.NotEmpty(json.GetProperty("message").GetString()!);
        Assert.Equal($"{UploadHost.Path}/{json.GetProperty("id").GetString()}", answer.Header("Location"));
        Assert.Equal(bytes, await host.DownloadAsync(answer.Header("Location")!));
    }

    [Theory]
    [InlineData("The%20Beach%20at%20S%C3%A8te.txt", "The Beach at Sète.txt")]
    [InlineData("..%2F..%2Fetc%2Fpasswd", "passwd")]
    [InlineData("a%00b.txt", "ab.txt")]
    [InlineData(null, "file")]
    public async Task Slug_names_it_and_never_a_path(string? slug, string name)
    {
        await using var host = await UploadHost.StartAsync();

        var answer = await host.SendAsync("POST", UploadHost.Path, Encoding.UTF8.GetBytes("text"), ("Slug", slug));

        Assert.Equal(name, (await answer.JsonAsync()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_chunked_body_is_taken_without_a_length()
    {
        await using var host = await UploadHost.StartAsync();
        var bytes = UploadHost.Bytes(200_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, UploadHost.Path);
        request.Headers.TransferEncodingChunked = true;
        request.Content = new StreamContent(new MemoryStream(bytes));

        var answer = await host.Client.SendAsync(request);

        Assert.Equal(UploadHost.Sha256(bytes), (await answer.JsonAsync()).GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Files_and_fields_of_a_form_are_judged_together()
    {
        await using var host = await UploadHost.StartAsync(endpoint => endpoint with
        {
            Schema = Encoding.UTF8.GetBytes("""
                {"type":"object","required":["title","photos"],"properties":{"title":{"type":"string","minLength":3},
                "photos":{"type":"array","items":{"type":"string","format":"binary"}}}}
                """),
        });

        var refused = await host.Host.PostFilesAsync(UploadHost.Path,
            [Multipart.Text("title", "x"), Multipart.File("photos[]", "a.txt", "one")]);
        Assert.Equal("validation-failed", await refused.CodeAsync());

        var answer = await host.Host.PostFilesAsync(UploadHost.Path,
        [
            Multipart.Text("title", "Two"), Multipart.File("photos[]", "a.txt", "one"),
            Multipart.File("photos[]", "b.txt", "two!"),
        ]);

        var files = (await answer.JsonAsync()).GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(["/photos/0", "/photos/1"], files.Select(file => file.GetProperty("field").GetString()));
        Assert.Equal("two!", Encoding.UTF8.GetString(
            await host.DownloadAsync(files[1].GetProperty("url").GetString()!)));
        Assert.Single(host.Host.Entries());
    }

    [Fact]
    public async Task A_schema_without_a_file_stops_the_start()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => UploadHost.StartAsync(endpoint => endpoint with
        {
            Schema = Encoding.UTF8.GetBytes("""{"type":"object","properties":{"title":{"type":"string"}}}"""),
        }));
    }

    [Fact]
    public async Task The_same_key_gets_the_same_file()
    {
        await using var host = await UploadHost.StartAsync();
        var bytes = UploadHost.Bytes(1000);
        (string, string?) key = ("Idempotency-Key", "0123456789abcdef0123");

        var first = await host.SendAsync("POST", UploadHost.Path, bytes, key);
        var second = await host.SendAsync("POST", UploadHost.Path, bytes, key);
        var other = await host.SendAsync("POST", UploadHost.Path, UploadHost.Bytes(1000), key);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal("replayed", second.Header("Idempotency-Status"));
        Assert.Equal(first.Header("Location"), second.Header("Location"));
        Assert.Equal("idempotency-key-reused", await other.CodeAsync());
        Assert.Single(host.Host.Entries());
    }

    [Theory]
    [InlineData("Content-Digest")]
    [InlineData("Repr-Digest")]
    public async Task A_digest_that_does_not_fit_is_refused(string header)
    {
        await using var host = await UploadHost.StartAsync();
        var bytes = UploadHost.Bytes(5000);
        var right = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(bytes));
        var longer = Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData(bytes));

        var wrong = await host.SendAsync("POST", UploadHost.Path, UploadHost.Bytes(5000), (header, $"sha-256=:{right}:"));
        var fits = await host.SendAsync(
            "POST", UploadHost.Path, bytes, (header, $"md5=:AAAA:, sha-256=:{right}:, sha-512=:{longer}:"));
        var malformed = await host.SendAsync("POST", UploadHost.Path, bytes, (header, "sha-256=abc"));

        Assert.Equal("digest-mismatch", await wrong.CodeAsync());
        Assert.Equal(HttpStatusCode.Created, fits.StatusCode);
        Assert.Equal("malformed-request", await malformed.CodeAsync());
        Assert.Single(host.Host.Entries());
    }

    [Fact]
    public async Task A_form_without_enctype_is_told_what_it_lacks()
    {
        await using var host = await UploadHost.StartAsync();

        var answer = await host.Host.PostAsync(
            UploadHost.Path, "application/x-www-form-urlencoded", "file=photo.jpg");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("multipart/form-data", (await answer.JsonAsync()).GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("page.html", "<!DOCTYPE html><script>alert(1)</script>", 415)]
    [InlineData("picture.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415)]
    [InlineData("run.exe", "MZ\u0001\u0002\u0000\u0003", 415)]
    [InlineData("photo.jpg", "<html><body>not a photo</body></html>", 415)]
    [InlineData("notes.txt", "just text", 201)]
    public async Task What_could_be_executed_is_refused(string name, string content, int status)
    {
        await using var host = await UploadHost.StartAsync();

        var answer = await host.SendAsync("POST", UploadHost.Path, Encoding.UTF8.GetBytes(content), ("Slug", name));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 201 ? 1 : 0, host.Host.Entries().Count);
    }

    [Fact]
    public async Task Too_large_a_file_is_refused_by_its_length_and_by_its_bytes()
    {
        await using var host = await UploadHost.StartAsync(endpoint => endpoint with
        {
            Limits = endpoint.Limits with { File = 10_000 },
        });

        var announced = await host.SendAsync("POST", UploadHost.Path, UploadHost.Bytes(10_001));
        using var request = new HttpRequestMessage(HttpMethod.Post, UploadHost.Path)
        {
            Content = new StreamContent(new MemoryStream(UploadHost.Bytes(10_001))),
        };
        request.Headers.TransferEncodingChunked = true;
        var found = await host.Client.SendAsync(request);

        foreach (var answer in new[] { announced, found })
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            Assert.Equal(10_000, (await answer.JsonAsync()).GetProperty("limit").GetProperty("value").GetInt64());
        }

        Assert.Equal(HttpStatusCode.Created, (await host.SendAsync("POST", UploadHost.Path, UploadHost.Bytes(10_000))).StatusCode);
    }

    [Fact]
    public async Task Quotas_hold_in_a_race_and_a_deletion_makes_room()
    {
        var callers = new TestCallers();
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with
            {
                Access = "authenticated",
                Limits = endpoint.Limits with { CallerBytes = 3500, EndpointBytes = 10_000 },
            },
            callers: callers);
        (string, string?) ada = ("Authorization", "Test ada");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            _ => host.SendAsync("POST", UploadHost.Path, UploadHost.Bytes(1000), ada)));

        var taken = answers.Where(answer => answer.StatusCode == HttpStatusCode.Created).ToList();
        Assert.Equal(3, taken.Count);
        foreach (var answer in answers.Except(taken))
        {
            Assert.Equal("upload-quota-reached", await answer.CodeAsync());
            Assert.Equal("limits.callerBytes",
                (await answer.JsonAsync()).GetProperty("limit").GetProperty("name").GetString());
        }

        var deleted = await host.SendAsync("DELETE", taken[0].Header("Location")!, null, ada);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.Created,
            (await host.SendAsync("POST", UploadHost.Path, UploadHost.Bytes(1500), ada)).StatusCode);
    }

    [Fact]
    public async Task Strangers_are_refused_before_their_bytes()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Access = "authenticated" }, callers: new TestCallers());

        using var answer = await RawPost.SendBytesAsync(host.Host.Address,
            $"POST {UploadHost.Path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n");

        Assert.Equal(401, answer.Status);
        Assert.Equal("close", answer.Header("Connection"));
    }

    [Fact]
    public async Task A_compressed_body_is_stored_decoded_and_a_bomb_refused()
    {
        await using var host = await UploadHost.StartAsync();
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(number => $"{number} ")));

        var answer = await host.SendAsync("POST", UploadHost.Path, Gzip(text), ("Content-Encoding", "gzip"));
        var bomb = await host.SendAsync(
            "POST", UploadHost.Path, Gzip(new byte[50_000_000]), ("Content-Encoding", "gzip"));

        Assert.Equal(UploadHost.Sha256(text), (await answer.JsonAsync()).GetProperty("sha256").GetString());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, bomb.StatusCode);
        Assert.Equal("limits.ratio", (await bomb.JsonAsync()).GetProperty("limit").GetProperty("name").GetString());
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(memory, System.IO.Compression.CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return memory.ToArray();
    }
}
