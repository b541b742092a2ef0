using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Endpoints.Uploads;

/// <summary>What happens when requests break, race, or repeat.</summary>
public sealed class ResumeTests
{
    [Fact]
    public async Task What_came_before_the_connection_broke_is_acknowledged()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(1000);

        using (var socket = await BeginAsync(host, path, 0, 1000))
        {
            await socket.GetStream().WriteAsync(Enumerable.Repeat((byte)1, 600).ToArray());
            await WrittenAsync(host, path, 600);
        }

        await host.Host.DrainAsync();
        Assert.Equal("600", await host.OffsetAsync(path));
        Assert.Equal(HttpStatusCode.NoContent, (await host.TusPatchAsync(path, 600, new byte[400])).StatusCode);
        byte[] expected = [.. Enumerable.Repeat((byte)1, 600), .. new byte[400]];
        Assert.Equal(expected, await host.DownloadAsync(path));
    }

    /// <summary>tusdotnet#197, tusd#335: a client that vanished without a word never keeps the next request waiting.</summary>
    [Theory]
    [InlineData("HEAD")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task A_new_request_ends_the_old_one_at_once(string method)
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(1000);
        using var vanished = await BeginAsync(host, path, 0, 1000);
        await vanished.GetStream().WriteAsync(new byte[100]);
        await WrittenAsync(host, path, 100);

        if (method == "DELETE")
        {
            Assert.Equal(HttpStatusCode.NoContent, (await host.TusAsync("DELETE", path)).StatusCode);
            Assert.Equal(HttpStatusCode.Gone, (await host.TusAsync("HEAD", path)).StatusCode);
            return;
        }

        var offset = long.Parse((await host.OffsetAsync(path))!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(100, offset);
        if (method == "PATCH")
        {
            var answer = await host.TusPatchAsync(path, offset, new byte[1000 - offset]);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal(1000, (await host.DownloadAsync(path)).Length);
        }

        // The old one is told, if it is still there.
        var reader = new StreamReader(vanished.GetStream());
        Assert.Contains("409", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task Of_many_clients_that_race_with_the_same_piece_the_file_is_whole()
    {
        await using var host = await UploadHost.StartAsync();
        var bytes = UploadHost.Bytes(400_000);
        var path = await host.TusCreateAsync(bytes.Length);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var attempt = 0; attempt < 200; attempt++)
            {
                var head = await host.TusAsync("HEAD", path);
                var offset = int.Parse(head.Header("Upload-Offset")!, System.Globalization.CultureInfo.InvariantCulture);
                if (offset == bytes.Length)
                {
                    return;
                }

                var piece = bytes[offset..Math.Min(offset + 50_000, bytes.Length)];
                var answer = await host.TusPatchAsync(path, offset, piece);
                Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NoContent, HttpStatusCode.Conflict });
            }
        }));

        Assert.Equal(bytes, await host.DownloadAsync(path));
        Assert.Equal(UploadHost.Sha256(bytes), Assert.Single(host.Host.Entries()).Files[0].Digest);
    }

    [Fact]
    public async Task The_finish_runs_once_and_its_refusal_and_failure_are_told()
    {
        var runs = 0;
        var kind = new StoreKind("sqlite");
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration(),
            app => app.MapUpload("/api/uploads", NoteJson.Default.Note).Declare(declaration => declaration with { Schema = null })
                .InTransaction((note, unit, cancel) =>
                {
                    runs++;
                    var file = Assert.Single(unit.Files);
                    if (file.Name == "no.txt")
                    {
                        unit.Refuse("Not this one.");
                    }
                    else if (file.Name == "bug.txt" && runs < 3)
                    {
                        throw new InvalidOperationException("bug");
                    }

                    return default;
                }),
            kind.Choose);
        async Task<HttpResponseMessage> SendAsync(string method, string path, byte[]? body, params (string, string)[] headers)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("Tus-Resumable", "1.0.0");
            request.Content = body is null ? null : new ByteArrayContent(body);
            request.Content?.Headers.ContentType = new("application/offset+octet-stream");
            foreach (var (name, value) in headers)
            {
                request.Headers.Add(name, value);
            }

            return await host.Client.SendAsync(request);
        }

        async Task<string> CreateAsync(string name) => (await SendAsync("POST", "/api/uploads", null,
            ("Upload-Length", "3"), ("Upload-Metadata", $"filename {UploadHost.Base64(name)},text {UploadHost.Base64("a note")}")))
            .Header("Location")!;

        var refused = await CreateAsync("no.txt");
        Assert.Equal("rejected", await (await SendAsync("PATCH", refused, "abc"u8.ToArray(), ("Upload-Offset", "0"))).CodeAsync());
        Assert.Equal(HttpStatusCode.Gone, (await SendAsync("HEAD", refused, null)).StatusCode);

        // A bug of the endpoint's code is no fault of the file: the sender ends it again.
        var failing = await CreateAsync("bug.txt");
        var failed = await SendAsync("PATCH", failing, "abc"u8.ToArray(), ("Upload-Offset", "0"));
        Assert.Equal("internal-error", await failed.CodeAsync());
        Assert.Equal("0", (await SendAsync("HEAD", failing, null)).Header("Upload-Offset"));
        Assert.Equal(HttpStatusCode.NoContent,
            (await SendAsync("PATCH", failing, "abc"u8.ToArray(), ("Upload-Offset", "0"))).StatusCode);
        Assert.Equal(3, runs);
        Assert.Single(host.Entries());
        await host.DisposeAsync();
        kind.Dispose();
    }

    [Fact]
    public async Task Access_is_asked_again_at_the_end()
    {
        var callers = new TestCallers();
        callers.Grant("ada", "editor");
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Access = "role:editor" }, callers: callers);
        (string, string?) ada = ("Authorization", "Test ada");
        var path = (await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Length", "3"), ada)).Header("Location")!;
        await host.TusPatchAsync(path, 0, [1], ada);
        callers.Revoke("ada");

        Assert.Equal(HttpStatusCode.Forbidden, (await host.TusPatchAsync(path, 1, [2, 3], ada)).StatusCode);
        Assert.Empty(host.Host.Entries());
        callers.Grant("ada", "editor");
        Assert.Equal(HttpStatusCode.NoContent, (await host.TusPatchAsync(path, 1, [2, 3], ada)).StatusCode);
    }

    [Fact]
    public async Task The_upload_of_somebody_else_is_not_there()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Access = "authenticated" }, callers: new TestCallers());
        (string, string?) ada = ("Authorization", "Test ada"), eve = ("Authorization", "Test eve");
        var path = (await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Length", "3"), ada)).Header("Location")!;

        Assert.Equal(HttpStatusCode.NotFound, (await host.TusAsync("HEAD", path, null, eve)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.TusPatchAsync(path, 0, [1], eve)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.TusAsync("DELETE", path, null, eve)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.TusAsync("HEAD", path, null, ada)).StatusCode);

        var list = await (await host.SendAsync("GET", UploadHost.Path, null, ada)).JsonAsync();
        Assert.Equal(path, Assert.Single(list.GetProperty("uploads").EnumerateArray()).GetProperty("url").GetString());
        Assert.Empty((await (await host.SendAsync("GET", UploadHost.Path, null, eve)).JsonAsync())
            .GetProperty("uploads").EnumerateArray());
    }

    [Fact]
    public async Task Open_uploads_are_bounded_for_each_caller_also_in_a_race()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Limits = endpoint.Limits with { OpenUploads = 3 } });

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            _ => host.TusAsync("POST", UploadHost.Path, null, ("Upload-Length", "3"))));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.Created);
        Assert.Equal("too-many-open-uploads", await refused.CodeAsync());
        var open = answers.First(answer => answer.StatusCode == HttpStatusCode.Created).Header("Location")!;
        await host.TusPatchAsync(open, 0, [1, 2, 3]);
        Assert.Equal(HttpStatusCode.Created,
            (await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Length", "3"))).StatusCode);
    }

    [Fact]
    public async Task Bytes_that_nobody_announced_need_room_too()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Limits = endpoint.Limits with { EndpointBytes = 1000 } });
        var path = (await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Defer-Length", "1"))).Header("Location")!;

        Assert.Equal(HttpStatusCode.NoContent, (await host.TusPatchAsync(path, 0, new byte[600])).StatusCode);
        Assert.Equal("upload-quota-reached", await (await host.TusPatchAsync(path, 600, new byte[600])).CodeAsync());
        Assert.Equal("600", await host.OffsetAsync(path));
        Assert.Equal("upload-quota-reached",
            await (await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Length", "401"))).CodeAsync());
    }

    [Fact]
    public async Task A_disk_with_no_room_but_the_reserve_refuses_before_any_byte()
    {
        await using var host = await UploadHost.StartAsync(server: new PostroomDeclaration
        {
            Limits = new ServerLimitsDeclaration { DiskReserve = 1_000_000_000_000_000 },
        });

        var resumable = await host.TusAsync("POST", UploadHost.Path, null, ("Upload-Length", "1"));
        var oneShot = await host.SendAsync("POST", UploadHost.Path, [1]);

        foreach (var answer in new[] { resumable, oneShot })
        {
            Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
            Assert.Equal("limits.diskReserve",
                (await answer.JsonAsync()).GetProperty("limit").GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task What_has_expired_is_swept_with_its_bytes_and_what_is_open_is_not()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Limits = endpoint.Limits with { UploadAge = TimeSpan.FromHours(2) } });
        var old = await host.TusCreateAsync(5);
        await host.TusPatchAsync(old, 0, [1, 2]);
        host.Host.Time.Advance(TimeSpan.FromMinutes(61));
        var young = await host.TusCreateAsync(5);
        await host.TusPatchAsync(young, 0, [1, 2]);
        var files = (IFileStore)host.Host.Services.GetService(typeof(IFileStore))!;
        var (oldId, youngId) = (host.Find(old)!.Id, host.Find(young)!.Id);
        host.Host.Time.Advance(TimeSpan.FromMinutes(119.5));

        // The server sweeps by itself once a minute: whoever comes first.
        await new UploadSweep(host.Host.Store, files, host.Host.Time).RunAsync(CancellationToken.None);
        await new FileSweep(host.Host.Store, files, host.Host.Time).RunAsync(CancellationToken.None);

        Assert.Null(await files.OpenAsync(oldId));
        Assert.Null(host.Find(old));
        await using var kept = await files.OpenAsync(youngId);
        Assert.NotNull(kept);
        Assert.Equal("2", await host.OffsetAsync(young));
    }

    [Fact]
    public async Task Bytes_that_were_removed_end_the_upload()
    {
        await using var host = await UploadHost.StartAsync();
        var path = await host.TusCreateAsync(5);
        await host.TusPatchAsync(path, 0, [1, 2]);
        var files = (IFileStore)host.Host.Services.GetService(typeof(IFileStore))!;
        await files.DeleteAsync(host.Find(path)!.Id);

        Assert.Equal(HttpStatusCode.Gone, (await host.TusPatchAsync(path, 2, [3])).StatusCode);
    }

    [Fact]
    public async Task A_full_disk_is_told_and_the_upload_goes_on_when_there_is_space()
    {
        var disk = new Parsing.Uploads.FullDisk();
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint, storage: postroom => postroom.UseStore(_ => disk),
            server: new PostroomDeclaration { Limits = new ServerLimitsDeclaration { DiskReserve = 0 } });
        var path = await host.TusCreateAsync(3);
        disk.IsFull = true;
        Assert.Equal(HttpStatusCode.InsufficientStorage, (await host.TusPatchAsync(path, 0, [1, 2, 3])).StatusCode);
        disk.IsFull = false;

        Assert.Equal(HttpStatusCode.NoContent, (await host.TusPatchAsync(path, 0, [1, 2, 3])).StatusCode);
    }

    /// <summary>Completes when so many bytes are in the file, acknowledged or not.</summary>
    private static async Task WrittenAsync(UploadHost host, string path, long length)
    {
        var files = (IFileStore)host.Host.Services.GetService(typeof(IFileStore))!;
        var id = host.Find(path)!.Id;
        await Patience.UntilAsync(() => LengthOf(files, id) == length, $"{length} bytes");
    }

    private static long LengthOf(IFileStore files, EntryId id)
    {
        using var bytes = files.OpenAsync(id).AsTask().GetAwaiter().GetResult();
        return bytes?.Length ?? 0;
    }

    /// <summary>Sends the head of a PATCH and leaves the body to the test.</summary>
    private static async Task<TcpClient> BeginAsync(UploadHost host, string path, long offset, long length)
    {
        var client = new TcpClient();
        await client.ConnectAsync(host.Host.Address.Host, host.Host.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"PATCH {path} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: {offset}\r\n"
            + $"Content-Type: application/offset+octet-stream\r\nContent-Length: {length}\r\n\r\n"));
        return client;
    }
}
