using System.Net;
using System.Text;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Endpoints.Uploads;

/// <summary>The rules of tus 1.0.0, one test each.</summary>
public sealed class TusTests
{
    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task A_file_in_three_pieces_is_stored_once_and_downloaded(string store)
    {
        await using var host = await UploadHost.StartAsync(store: store);
        var bytes = UploadHost.Bytes(250_000);
        var path = await host.TusCreateAsync(
            bytes.Length, $"filename {UploadHost.Base64("a.dat")},album {UploadHost.Base64("x")}");

        for (var offset = 0; offset < bytes.Length; offset += 100_000)
        {
            var piece = bytes[offset..Math.Min(offset + 100_000, bytes.Length)];
            var answer = await host.TusPatchAsync(path, offset, piece);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal($"{offset + piece.Length}", answer.Header("Upload-Offset"));
        }

        var entry = Assert.Single(host.Host.Entries());
        Assert.Equal("""{"album":"x","file":"a.dat"}""", Encoding.UTF8.GetString(entry.Document.Span));
        Assert.Equal(UploadHost.Sha256(bytes), Assert.Single(entry.Files).Digest);
        Assert.Equal(bytes, await host.DownloadAsync(path));
    }

    [Fact]
    public async Task Every_answer_but_to_OPTIONS_carries_Tus_Resumable()
    {
        await using var host = await UploadHost.StartAsync();
        var created = await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Length", "5"));
        var path = created.Header("Location")!;
        HttpResponseMessage[] answers =
        [
            created, await host.TusAsync("HEAD", path), await host.TusPatchAsync(path, 1, [1]),
            await host.TusPatchAsync(path, 0, [1]), await host.TusAsync("DELETE", path),
            await host.TusAsync("HEAD", path), await host.TusAsync("POST", UploadHost.Path),
        ];

        Assert.All(answers, answer => Assert.Equal("1.0.0", answer.Header("Tus-Resumable")));
        Assert.Null((await host.Host.SendAsync(HttpMethod.Options, UploadHost.Path)).Header("Tus-Resumable"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task An_unknown_version_gets_412_with_those_known_and_is_not_processed(string method)
    {
        await using var host = await UploadHost.StartAsync();
        var path = method == "POST" ? UploadHost.Path : await host.TusCreateAsync(5);

        var answer = await host.SendAsync(
            method, path, method == "PATCH" ? [1] : null, ("Tus-Resumable", "0.2.2"), ("Upload-Length", "5"),
            ("Upload-Offset", "0"), ("Content-Type", method == "PATCH" ? "application/offset+octet-stream" : null));

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal("1.0.0", answer.Header("Tus-Version"));
        if (method != "POST")
        {
            Assert.Equal("0", await host.OffsetAsync(path));
        }
    }

    [Fact]
    public async Task OPTIONS_tells_version_extensions_and_size()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Limits = endpoint.Limits with { File = 12345 } });

        var answer = await host.Host.SendAsync(HttpMethod.Options, UploadHost.Path);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("1.0.0", answer.Header("Tus-Version"));
        Assert.Equal("12345", answer.Header("Tus-Max-Size"));
        Assert.Equal("sha1,sha256", answer.Header("Tus-Checksum-Algorithm"));
        Assert.Equal(
            "creation,creation-with-upload,creation-defer-length,expiration,checksum,checksum-trailer,termination",
            answer.Header("Tus-Extension"));
    }

    [Fact]
    public async Task HEAD_always_tells_the_offset_and_is_never_cached()
    {
        await using var host = await UploadHost.StartAsync();
        var metadata = $"filename {UploadHost.Base64("a.txt")},empty";
        var path = await host.TusCreateAsync(5, metadata);

        foreach (var (offset, body) in new[] { (0, "he"), (2, "llo") })
        {
            var head = await host.TusAsync("HEAD", path);
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Equal($"{offset}", head.Header("Upload-Offset"));
            Assert.Equal("5", head.Header("Upload-Length"));
            Assert.Equal(metadata, head.Header("Upload-Metadata"));
            Assert.Equal("no-store", head.Header("Cache-Control"));
            await host.TusPatchAsync(path, offset, Encoding.ASCII.GetBytes(body));
        }

        Assert.Equal("5", await host.OffsetAsync(path));
    }

    [Fact]
    public async Task HEAD_of_what_is_not_there_tells_no_offset()
    {
        await using var host = await UploadHost.StartAsync();
        foreach (var path in new[] { $"{UploadHost.Path}/{host.Host.Store.Ids.Next()}", $"{UploadHost.Path}/x" })
        {
            var answer = await host.TusAsync("HEAD", path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Null(answer.Header("Upload-Offset"));
        }
    }

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public async Task PATCH_of_another_type_gets_415(string? type)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(5);

        var answer = await host.SendAsync("PATCH", path, [1],
            ("Tus-Resumable", "1.0.0"), ("Upload-Offset", "0"), ("Content-Type", type));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("0", await host.OffsetAsync(path));
    }

    [Theory]
    [InlineData("1", HttpStatusCode.Conflict)]
    [InlineData("3", HttpStatusCode.Conflict)]
    [InlineData("-2", HttpStatusCode.BadRequest)]
    [InlineData("x", HttpStatusCode.BadRequest)]
    [InlineData(null, HttpStatusCode.BadRequest)]
    [InlineData("99999999999999999999", HttpStatusCode.BadRequest)]
    public async Task PATCH_at_another_offset_changes_nothing(string? offset, HttpStatusCode status)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(5);
        await host.TusPatchAsync(path, 0, [1, 2]);

        var answer = await host.TusAsync("PATCH", path, [9], ("Upload-Offset", offset));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("2", await host.OffsetAsync(path));
    }

    [Fact]
    public async Task More_bytes_than_announced_are_refused_and_nothing_of_them_is_kept()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(5);
        await host.TusPatchAsync(path, 0, [1, 2]);

        var announced = await host.TusPatchAsync(path, 2, [3, 4, 5, 6]);
        using var request = new HttpRequestMessage(HttpMethod.Patch, path);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", "2");
        request.Headers.TransferEncodingChunked = true;
        request.Content = new StreamContent(new MemoryStream(new byte[100_000]));
        request.Content.Headers.ContentType = new("application/offset+octet-stream");
        var found = await host.Client.SendAsync(request);

        Assert.Equal("inconsistent-upload-length", await announced.CodeAsync());
        Assert.Equal("inconsistent-upload-length", await found.CodeAsync());
        Assert.Equal("2", await host.OffsetAsync(path));
        Assert.Equal(HttpStatusCode.NoContent, (await host.TusPatchAsync(path, 2, [3, 4, 5])).StatusCode);
        Assert.Equal([1, 2, 3, 4, 5], await host.DownloadAsync(path));
    }

    [Theory]
    [InlineData("abc", null)]
    [InlineData("-1", null)]
    [InlineData(null, null)]
    [InlineData(null, "2")]
    [InlineData(null, "0")]
    [InlineData("5", "1")]
    public async Task POST_needs_a_length_or_that_it_is_deferred(string? length, string? deferred)
    {
        await using var host = await UploadHost.StartAsync();

        var answer = await host.TusAsync(
            "POST", UploadHost.Path, null, ("Upload-Length", length), ("Upload-Defer-Length", deferred));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task POST_over_the_maximum_gets_413()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Limits = endpoint.Limits with { File = 100 } });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge,
            (await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Length", "101"))).StatusCode);
        Assert.Equal(HttpStatusCode.Created,
            (await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Length", "100"))).StatusCode);
    }

    [Fact]
    public async Task A_deferred_length_is_told_as_such_and_fixed_once_it_is_named()
    {
        await using var host = await UploadHost.StartAsync();
        var created = await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Defer-Length", "1"));
        var path = created.Header("Location")!;
        Assert.Equal("1", (await host.TusAsync("HEAD", path)).Header("Upload-Defer-Length"));

        Assert.Equal("2", (await host.TusPatchAsync(path, 0, [1, 2])).Header("Upload-Offset"));
        Assert.Equal("3", (await host.TusPatchAsync(path, 2, [3], ("Upload-Length", "4"))).Header("Upload-Offset"));
        Assert.Equal("4", (await host.TusAsync("HEAD", path)).Header("Upload-Length"));
        Assert.Equal(HttpStatusCode.BadRequest,
            (await host.TusPatchAsync(path, 3, [4], ("Upload-Length", "9"))).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await host.TusPatchAsync(path, 3, [4])).StatusCode);
        Assert.Equal([1, 2, 3, 4], await host.DownloadAsync(path));
    }

    [Fact]
    public async Task A_deferred_length_can_be_what_is_there_already()
    {
        await using var host = await UploadHost.StartAsync();
        var path = (await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Defer-Length", "1"))).Header("Location")!;
        await host.TusPatchAsync(path, 0, [1, 2]);

        var answer = await host.TusPatchAsync(path, 2, [], ("Upload-Length", "2"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal([1, 2], await host.DownloadAsync(path));
    }

    [Theory]
    [InlineData("filename Zm9v,filename Zm9v")]
    [InlineData("filename ***")]
    [InlineData(" Zm9v filename Zm9v Zm9v")]
    public async Task Metadata_that_breaks_the_grammar_gets_400(string metadata)
    {
        await using var host = await UploadHost.StartAsync();

        var answer = await host.TusAsync(
            "POST", UploadHost.Path, null, ("Upload-Length", "5"), ("Upload-Metadata", metadata));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Metadata_is_judged_by_the_schema_before_any_byte_has_come()
    {
        await using var host = await UploadHost.StartAsync(endpoint => endpoint with
        {
            Schema = Encoding.UTF8.GetBytes("""
                {"type":"object","required":["album"],"additionalProperties":false,"properties":{
                "album":{"type":"integer"},"photo":{"type":"string","format":"binary"}}}
                """),
        });

        var missing = await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Length", "5"));
        var wrong = await host.TusAsync("POST", UploadHost.Path, null,
            ("Upload-Length", "5"), ("Upload-Metadata", $"album {UploadHost.Base64("x")}"));
        Assert.Equal("validation-failed", await missing.CodeAsync());
        Assert.Equal("validation-failed", await wrong.CodeAsync());

        // The names under which clients send what they know of the file are no fields.
        var path = await host.TusCreateAsync(2, $"album {UploadHost.Base64("7")},name {UploadHost.Base64("p.txt")},"
            + $"type {UploadHost.Base64("text/plain")},relativePath {UploadHost.Base64("null")}");
        await host.TusPatchAsync(path, 0, "ok"u8.ToArray());
        Assert.Equal("""{"album":7,"photo":"p.txt"}""",
            Encoding.UTF8.GetString(Assert.Single(host.Host.Entries()).Document.Span));
    }
}
