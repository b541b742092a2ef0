using System.Buffers.Binary;
using System.Net;
using System.Text;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Endpoints.Uploads;

/// <summary>What is looked at before a file counts: the scanner and the size of images.</summary>
public sealed class ScrutinyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_find_is_refused_and_nothing_of_it_stays(bool resumable)
    {
        await using var clamd = new FakeClamd();
        await using var host = await StartAsync(clamd.Address);

        var clean = await SendAsync(host, resumable, "a harmless text");
        var infected = await SendAsync(host, resumable, $"some {FakeClamd.Word} text");

        Assert.True(clean.IsSuccessStatusCode);
        Assert.Equal("file-infected", await infected.CodeAsync());
        Assert.Single(host.Host.Entries());
        Assert.Equal([15, 20], clamd.Scanned);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_verdict_nothing_counts_and_the_same_may_be_sent_again(bool resumable)
    {
        await using var clamd = new FakeClamd { IsBroken = true };
        await using var host = await StartAsync(clamd.Address);

        var refused = await SendAsync(host, resumable, "text");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("scanner-unavailable", await refused.CodeAsync());
        Assert.Empty(host.Host.Entries());

        clamd.IsBroken = false;
        Assert.True((await SendAsync(host, resumable, "text")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_scanner_that_is_not_there_refuses_every_file()
    {
        await using var host = await StartAsync("unix:/nowhere/clamd.ctl");

        Assert.Equal("scanner-unavailable", await (await SendAsync(host, false, "text")).CodeAsync());
    }

    /// <summary>Runs against a clamd of the machine where one is named: <c>POSTROOM_CLAMD=tcp://localhost:3310</c>.</summary>
    [Fact]
    public async Task A_real_clamd_finds_the_test_file_of_EICAR()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("POSTROOM_CLAMD") is null, "POSTROOM_CLAMD names no clamd");
        await using var host = await StartAsync(Environment.GetEnvironmentVariable("POSTROOM_CLAMD")!);
        const string eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

        Assert.Equal("file-infected", await (await SendAsync(host, false, eicar)).CodeAsync());
        Assert.True((await SendAsync(host, false, "a harmless text")).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData(1000, 1000, 201)]
    [InlineData(1001, 1000, 413)]
    [InlineData(60_000, 60_000, 413)]
    public async Task An_image_has_so_many_pixels_at_most(int width, int height, int status)
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Files = new FilesDeclaration { Pixels = 1_000_000 } });

        foreach (var (name, image) in Images(width, height))
        {
            var answer = await host.SendAsync("POST", UploadHost.Path, image, ("Slug", name));
            Assert.Equal((name, status), (name, (int)answer.StatusCode));
            if (status == 413)
            {
                Assert.Equal("image-too-large", await answer.CodeAsync());
                Assert.Equal("files.pixels",
                    (await answer.JsonAsync()).GetProperty("limit").GetProperty("name").GetString());
            }
        }
    }

    [Fact]
    public async Task An_image_whose_size_cannot_be_read_is_refused_where_there_is_a_bound()
    {
        await using var host = await UploadHost.StartAsync(
            endpoint => endpoint with { Files = new FilesDeclaration { Pixels = 1_000_000 } });

        var answer = await host.SendAsync(
            "POST", UploadHost.Path, [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2], ("Slug", "a.jpg"));

        Assert.Equal("image-too-large", await answer.CodeAsync());
    }

    private static Task<UploadHost> StartAsync(string scanner) => UploadHost.StartAsync(
        endpoint => endpoint with { Files = new FilesDeclaration { Scanner = scanner } });

    private static async Task<HttpResponseMessage> SendAsync(UploadHost host, bool resumable, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        return resumable
            ? await host.TusPatchAsync(await host.TusCreateAsync(bytes.Length), 0, bytes)
            : await host.SendAsync("POST", UploadHost.Path, bytes);
    }

    /// <summary>The first bytes of images: more is not looked at.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Images(int width, int height)
    {
        var png = new byte[40];
        new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13 }.CopyTo(png, 0);
        "IHDR"u8.CopyTo(png.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        yield return ("a.png", png);

        var gif = new byte[20];
        "GIF89a"u8.CopyTo(gif);
        BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(6), (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(8), (ushort)height);
        yield return ("a.gif", gif);

        var jpeg = new byte[60];
        new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 16 }.CopyTo(jpeg, 0);
        new byte[] { 0xFF, 0xC0, 0, 17, 8 }.CopyTo(jpeg, 20);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(25), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(27), (ushort)width);
        yield return ("a.jpg", jpeg);

        var webp = new byte[40];
        "RIFF"u8.CopyTo(webp);
        "WEBPVP8X"u8.CopyTo(webp.AsSpan(8));
        webp[24] = (byte)(width - 1);
        webp[25] = (byte)((width - 1) >> 8);
        webp[27] = (byte)(height - 1);
        webp[28] = (byte)((height - 1) >> 8);
        yield return ("a.webp", webp);
    }
}
