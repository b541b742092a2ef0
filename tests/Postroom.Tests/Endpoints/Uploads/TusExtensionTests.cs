using System.Net;
using System.Security.Cryptography;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Endpoints.Uploads;

/// <summary>The rules of the extensions of tus 1.0.0: checksum, expiration, termination, creation-with-upload.</summary>
public sealed class TusExtensionTests
{
    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task A_checksum_that_fits_is_taken_and_one_that_does_not_gets_460(string algorithm)
    {
        await using var host = await UploadHost.StartAsync();
        var bytes = UploadHost.Bytes(5000);
        var path = await host.TusCreateAsync(10_000);
        var sum = Convert.ToBase64String(algorithm == "sha1" ? Sha1(bytes) : SHA256.HashData(bytes));

        var wrong = await host.TusPatchAsync(path, 0, UploadHost.Bytes(5000), ("Upload-Checksum", $"{algorithm} {sum}"));
        Assert.Equal(460, (int)wrong.StatusCode);
        Assert.Equal("0", await host.OffsetAsync(path));

        var right = await host.TusPatchAsync(path, 0, bytes, ("Upload-Checksum", $"{algorithm} {sum}"));
        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await host.TusPatchAsync(path, 5000, bytes)).StatusCode);
        byte[] both = [.. bytes, .. bytes];
        Assert.Equal(both, await host.DownloadAsync(path));
        Assert.Equal(UploadHost.Sha256(both), Assert.Single(host.Host.Entries()).Files[0].Digest);
    }

    [Theory]
    [InlineData("md5 1B2M2Y8AsgTpgAmY7PhCfg==")]
    [InlineData("sha1")]
    [InlineData("sha1 ***")]
    public async Task An_unknown_or_malformed_checksum_gets_400(string checksum)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(5);

        var answer = await host.TusPatchAsync(path, 0, [1], ("Upload-Checksum", checksum));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("0", await host.OffsetAsync(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_checksum_may_come_as_a_trailer(bool fits)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(5);
        var sum = Convert.ToBase64String(Sha1("hello"u8.ToArray()));
        var body = fits ? "hello" : "hallo";

        using var answer = await RawPost.SendBytesAsync(host.Host.Address,
            $"PATCH {path} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
            + "Content-Type: application/offset+octet-stream\r\nTransfer-Encoding: chunked\r\nTrailer: Upload-Checksum\r\n"
            + $"Connection: close\r\n\r\n5\r\n{body}\r\n0\r\nUpload-Checksum: sha1 {sum}\r\n\r\n");

        Assert.Equal(fits ? 204 : 460, answer.Status);
        Assert.Equal(fits ? "5" : "0", await host.OffsetAsync(path));
    }

    [Fact]
    public async Task Every_answer_to_PATCH_says_when_it_ends_and_afterwards_it_is_gone()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Limits = endpoint.Limits with { UploadAge = TimeSpan.FromHours(1) } });
        var created = await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Length", "5"));
        var path = created.Header("Location")!;
        var patched = await host.TusPatchAsync(path, 0, [1]);
        var expected = (host.Host.Time.GetUtcNow() + TimeSpan.FromHours(1)).ToString("r");
        Assert.Equal([expected, expected], new[] { created, patched }.Select(answer => answer.Header("Upload-Expires")));

        host.Host.Time.Advance(TimeSpan.FromHours(1));

        var head = await host.TusAsync("HEAD", path);
        Assert.Equal(HttpStatusCode.Gone, head.StatusCode);
        Assert.Null(head.Header("Upload-Offset"));
        Assert.Equal(HttpStatusCode.Gone, (await host.TusPatchAsync(path, 1, [2])).StatusCode);
    }

    [Fact]
    public async Task Termination_frees_the_bytes()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(5);
        await host.TusPatchAsync(path, 0, [1, 2]);
        var id = host.Find(path)!.Id;

        var answer = await host.TusAsync("DELETE", path);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await host.TusAsync("HEAD", path)).StatusCode);
        var files = (Postroom.Storage.IFileStore)host.Host.Services.GetService(typeof(Postroom.Storage.IFileStore))!;
        Assert.Null(await files.OpenAsync(id));
    }

    [Fact]
    public async Task Creation_with_upload_takes_the_first_bytes_and_the_whole_file()
    {
        await using var host = await UploadHost.StartAsync();

        var part = await host.TusAsync("POST", UploadHost.Path, [1, 2], ("Upload-Length", "3"));
        Assert.Equal(HttpStatusCode.Created, part.StatusCode);
        Assert.Equal("2", part.Header("Upload-Offset"));
        Assert.Equal(HttpStatusCode.NoContent, (await host.TusPatchAsync(part.Header("Location")!, 2, [3])).StatusCode);

        var whole = await host.TusAsync("POST", UploadHost.Path, [1, 2, 3], ("Upload-Length", "3"));
        Assert.Equal(HttpStatusCode.Created, whole.StatusCode);
        Assert.Equal("3", whole.Header("Upload-Offset"));
        Assert.Equal([1, 2, 3], await host.DownloadAsync(whole.Header("Location")!));
        Assert.Equal(2, host.Host.Entries().Count);
    }

    [Fact]
    public async Task A_file_without_bytes_is_finished_by_its_creation()
    {
        await using var host = await UploadHost.StartAsync();

        var path = await host.TusCreateAsync(0, $"filename {UploadHost.Base64("empty.txt")}");

        Assert.Empty(await host.DownloadAsync(path));
        Assert.Equal("empty.txt", Assert.Single(host.Host.Entries()).Files[0].Name);
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    public async Task X_HTTP_Method_Override_replaces_the_method_of_a_POST(string method)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(5);

        var answer = await host.TusAsync(
            "POST", path, [1], ("Upload-Offset", "0"), ("X-HTTP-Method-Override", method));

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(method switch { "PATCH" => "1", "HEAD" => "0", _ => null }, await host.OffsetAsync(path));
    }

    [Fact]
    public async Task The_answer_to_the_last_byte_is_given_again()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(3);
        await host.TusPatchAsync(path, 0, [1, 2, 3]);

        var again = await host.TusPatchAsync(path, 3, []);

        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal("3", again.Header("Upload-Offset"));
        Assert.Equal(HttpStatusCode.Conflict, (await host.TusPatchAsync(path, 0, [1, 2, 3])).StatusCode);
        Assert.Single(host.Host.Entries());
    }

    [Fact]
    public async Task Concatenation_is_not_offered_and_not_ignored()
    {
        await using var host = await UploadHost.StartAsync();

        var answer = await host.TusAsync(
            "POST", UploadHost.Path, null, ("Upload-Length", "5"), ("Upload-Concat", "partial"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_type_that_is_not_taken_ends_the_upload_and_stays_told()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Files = endpoint.Files with { Types = ["image/*"] } });
        var path = await host.TusCreateAsync(5, $"filename {UploadHost.Base64("a.png")}");

        var answer = await host.TusPatchAsync(path, 0, "hello"u8.ToArray());

        Assert.Equal("file-type-refused", await answer.CodeAsync());
        Assert.Equal(HttpStatusCode.Gone, (await host.TusAsync("HEAD", path)).StatusCode);
        Assert.Empty(host.Host.Entries());
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The protocol asks for it.")]
    private static byte[] Sha1(byte[] bytes) => SHA1.HashData(bytes);
}
