using System.Net;
using System.Security.Cryptography;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Endpoints.Uploads;

/// <summary>The rules of Resumable Uploads for HTTP (interop version 8), one test each.</summary>
public sealed class DraftTests
{
    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task Careful_creation_appends_and_the_end_gets_the_answer_of_the_resource(string store)
    {
        await using var host = await UploadHost.StartAsync(store: store);
        var bytes = UploadHost.Bytes(120_000);
        var path = await host.DraftCreateAsync([], ("Slug", "a.dat"));

        var first = await host.DraftPatchAsync(path, 0, false, bytes[..50_000]);
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(("?0", "50000"), (first.Header("Upload-Complete"), first.Header("Upload-Offset")));

        var last = await host.DraftPatchAsync(path, 50_000, true, bytes[50_000..]);
        Assert.Equal(HttpStatusCode.Created, last.StatusCode);
        Assert.Equal(("?1", path), (last.Header("Upload-Complete"), last.Header("Location")));
        Assert.Equal(UploadHost.Sha256(bytes), (await last.JsonAsync()).GetProperty("sha256").GetString());
        Assert.Equal(bytes, await host.DownloadAsync(path));
        Assert.Single(host.Host.Entries());
    }

    [Fact]
    public async Task Creation_with_the_whole_file_gets_the_answer_of_the_resource()
    {
        await using var host = await UploadHost.StartAsync();

        var answer = await host.DraftAsync("POST", UploadHost.Path, [1, 2, 3], ("Upload-Complete", "?1"));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("?1", answer.Header("Upload-Complete"));
        Assert.Equal([1, 2, 3], await host.DownloadAsync(answer.Header("Location")!));
    }

    [Fact]
    public async Task Creation_that_is_not_complete_gets_201_with_location_offset_and_limits()
    {
        await using var host = await UploadHost.StartAsync(endpoint => endpoint with
        {
            Limits = endpoint.Limits with { File = 1000, UploadAge = TimeSpan.FromHours(2) },
        });

        var answer = await host.DraftAsync("POST", UploadHost.Path, [1, 2], ("Upload-Complete", "?0"));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("2", answer.Header("Upload-Offset"));
        Assert.Equal("?0", answer.Header("Upload-Complete"));
        Assert.Equal("max-size=1000, max-age=7200", answer.Header("Upload-Limit"));
        Assert.Equal("8", answer.Header("Upload-Draft-Interop-Version"));
    }

    [Fact]
    public async Task OPTIONS_tells_the_limits()
    {
        await using var host = await UploadHost.StartAsync();

        var answer = await host.Host.SendAsync(HttpMethod.Options, UploadHost.Path);

        Assert.Equal("max-size=5000000000, max-age=86400", answer.Header("Upload-Limit"));
        Assert.Contains("application/partial-upload", answer.Header("Accept-Patch"));
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("GET")]
    public async Task The_offset_is_told_with_what_is_known_and_never_cached(string method)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.DraftCreateAsync([1, 2], ("Upload-Length", "5"));
        host.Host.Time.Advance(TimeSpan.FromSeconds(400));

        var answer = await host.DraftAsync(method, path);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("2", answer.Header("Upload-Offset"));
        Assert.Equal("?0", answer.Header("Upload-Complete"));
        Assert.Equal("5", answer.Header("Upload-Length"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("max-size=5000000000, max-age=86000", answer.Header("Upload-Limit"));

        await host.DraftPatchAsync(path, 2, true, [3, 4, 5]);
        var finished = await host.DraftAsync("HEAD", path);
        Assert.Equal(("?1", "5"), (finished.Header("Upload-Complete"), finished.Header("Upload-Offset")));
    }

    [Fact]
    public async Task A_wrong_offset_gets_409_with_the_true_one_and_the_registered_problem()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.DraftCreateAsync([1, 2]);

        var answer = await host.DraftPatchAsync(path, 1, false, [9]);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(("2", "?0"), (answer.Header("Upload-Offset"), answer.Header("Upload-Complete")));
        var problem = await answer.JsonAsync();
        Assert.Equal("https://iana.org/assignments/http-problem-types#mismatching-upload-offset",
            problem.GetProperty("type").GetString());
        Assert.Equal((2, 1),
            (problem.GetProperty("expected-offset").GetInt32(), problem.GetProperty("provided-offset").GetInt32()));
    }

    [Theory]
    [InlineData("application/octet-stream", "0", "?0", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/partial-upload", null, "?0", HttpStatusCode.BadRequest)]
    [InlineData("application/partial-upload", "0", null, HttpStatusCode.BadRequest)]
    [InlineData("application/partial-upload", "0", "1", HttpStatusCode.BadRequest)]
    [InlineData("application/partial-upload", "-1", "?0", HttpStatusCode.BadRequest)]
    public async Task An_append_needs_its_type_offset_and_whether_it_completes(
        string type, string? offset, string? complete, HttpStatusCode status)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.DraftCreateAsync([]);

        var answer = await host.DraftAsync("PATCH", path, [1],
            ("Content-Type", type), ("Upload-Offset", offset), ("Upload-Complete", complete));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("0", await host.OffsetAsync(path));
    }

    [Fact]
    public async Task Lengths_that_contradict_each_other_are_refused()
    {
        await using var host = await UploadHost.StartAsync();
        var atCreation = await host.DraftAsync(
            "POST", UploadHost.Path, [1, 2], ("Upload-Complete", "?1"), ("Upload-Length", "3"));
        var path = await host.DraftCreateAsync([1, 2], ("Upload-Length", "5"));
        HttpResponseMessage[] answers =
        [
            atCreation,
            await host.DraftPatchAsync(path, 2, true, [3, 4]),
            await host.DraftPatchAsync(path, 2, false, [3], ("Upload-Length", "6")),
            await host.DraftPatchAsync(path, 2, false, [3, 4, 5, 6]),
        ];

        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("https://iana.org/assignments/http-problem-types#inconsistent-upload-length",
                (await answer.JsonAsync()).GetProperty("type").GetString());
        }

        Assert.Equal("2", await host.OffsetAsync(path));
    }

    [Fact]
    public async Task A_chunked_end_that_is_shorter_than_announced_is_refused()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.DraftCreateAsync([1, 2], ("Upload-Length", "5"));

        using var answer = await RawPost.SendBytesAsync(host.Host.Address,
            $"PATCH {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/partial-upload\r\nUpload-Offset: 2\r\n"
            + "Upload-Complete: ?1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\nx\r\n0\r\n\r\n");

        Assert.Equal("inconsistent-upload-length", answer.Code);
        Assert.Equal("2", await host.OffsetAsync(path));
    }

    [Fact]
    public async Task A_length_that_nobody_knew_is_known_at_the_end()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.DraftCreateAsync([1, 2]);

        using var answer = await RawPost.SendBytesAsync(host.Host.Address,
            $"PATCH {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/partial-upload\r\nUpload-Offset: 2\r\n"
            + "Upload-Complete: ?1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\n\u0003\r\n0\r\n\r\n");

        Assert.Equal(201, answer.Status);
        Assert.Equal([1, 2, 3], await host.DownloadAsync(path));
    }

    [Fact]
    public async Task An_empty_end_completes_what_is_there()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.DraftCreateAsync([1, 2]);

        Assert.Equal(HttpStatusCode.Created, (await host.DraftPatchAsync(path, 2, true, [])).StatusCode);
        Assert.Equal([1, 2], await host.DownloadAsync(path));
    }

    [Fact]
    public async Task The_lost_final_answer_is_given_again_and_anything_else_is_a_completed_upload()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.DraftCreateAsync([1, 2]);
        var first = await host.DraftPatchAsync(path, 2, true, [3]);

        var again = await host.DraftPatchAsync(path, 2, true, [3]);
        var other = await host.DraftPatchAsync(path, 3, false, [4]);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal("https://iana.org/assignments/http-problem-types#completed-upload",
            (await other.JsonAsync()).GetProperty("type").GetString());
        Assert.Single(host.Host.Entries());
    }

    [Fact]
    public async Task DELETE_cancels()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.DraftCreateAsync([1, 2]);

        Assert.Equal(HttpStatusCode.NoContent, (await host.DraftAsync("DELETE", path)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await host.DraftPatchAsync(path, 2, true, [3])).StatusCode);
    }

    [Fact]
    public async Task A_413_tells_the_limit()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Limits = endpoint.Limits with { File = 3 } });

        var answer = await host.DraftAsync(
            "POST", UploadHost.Path, [1], ("Upload-Complete", "?0"), ("Upload-Length", "4"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("max-size=3", answer.Header("Upload-Limit"));
    }

    [Fact]
    public async Task A_wrong_Content_Digest_appends_nothing()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.DraftCreateAsync([]);
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData([1, 2, 3]))}:";

        var wrong = await host.DraftPatchAsync(path, 0, true, [1, 2, 4], ("Content-Digest", digest));
        Assert.Equal("digest-mismatch", await wrong.CodeAsync());
        Assert.Equal("0", await host.OffsetAsync(path));

        var right = await host.DraftPatchAsync(path, 0, true, [1, 2, 3], ("Content-Digest", digest));
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_Repr_Digest_fails_the_upload_at_its_end(bool fits)
    {
        await using var host = await UploadHost.StartAsync();
        var digest = Convert.ToBase64String(SHA512.HashData([1, 2, 3]));
        var path = await host.DraftCreateAsync([1, 2], ("Repr-Digest", $"sha-512=:{digest}:"));

        var answer = await host.DraftPatchAsync(path, 2, true, [fits ? (byte)3 : (byte)9]);

        Assert.Equal(fits ? HttpStatusCode.Created : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(fits ? HttpStatusCode.NoContent : HttpStatusCode.Gone, (await host.DraftAsync("HEAD", path)).StatusCode);
        Assert.Equal(fits ? 1 : 0, host.Host.Entries().Count);
    }

    [Fact]
    public async Task A_content_coding_is_refused()
    {
        await using var host = await UploadHost.StartAsync();

        var answer = await host.DraftAsync(
            "POST", UploadHost.Path, [1], ("Upload-Complete", "?0"), ("Content-Encoding", "gzip"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Both_protocols_go_on_with_the_same_upload()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(6);
        await host.TusPatchAsync(path, 0, [1, 2]);
        Assert.Equal("2", (await host.DraftAsync("HEAD", path)).Header("Upload-Offset"));
        await host.DraftPatchAsync(path, 2, false, [3, 4]);
        Assert.Equal("4", await host.OffsetAsync(path));
        var last = await host.DraftPatchAsync(path, 4, true, [5, 6]);

        Assert.Equal(HttpStatusCode.Created, last.StatusCode);
        Assert.Equal([1, 2, 3, 4, 5, 6], await host.DownloadAsync(path));
    }
}
