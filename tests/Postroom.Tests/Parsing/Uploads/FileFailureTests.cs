using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Parsing.Uploads;

/// <summary>What can go wrong on the way of a form with files, on every store: nothing half is left, nothing twice.</summary>
public sealed class FileFailureTests
{
    private const string Path = "/api/contact";
    private static readonly string[] Parts = [Multipart.Text("name", "Ada"), Multipart.File("cv", "cv.txt", "a paper")];

    private static EndpointDeclaration Any { get; } = new()
    {
        Path = Path,
        Kind = EndpointKind.Form,
        Limits = new() { Rate = null },
    };

    [Fact]
    public async Task A_client_that_goes_away_in_the_middle_of_a_file_leaves_nothing()
    {
        using var kind = new StoreKind("sqlite");
        await using var host = await StartAsync(kind);
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(kind.Folder, "files")).FullName;
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
            var half = Multipart.Text("name", "Ada")
                + "--B\r\nContent-Disposition: form-data; name=\"cv\"; filename=\"cv.txt\"\r\n\r\n" + new string('x', 100_000);
            var head = $"POST {Path} HTTP/1.1\r\nHost: a\r\nContent-Type: {Multipart.Type}\r\nContent-Length: 900000\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + half), TestContext.Current.CancellationToken);
            await Patience.UntilAsync(
                () => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(), "a file that is being written");
        }

        await Patience.UntilAsync(
            () => !Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(), "the end of the file");
        Assert.Empty(host.Entries());
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_coded_form_keeps_its_files_as_they_were_before(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        using var coded = new MemoryStream();
        await using (var gzip = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Multipart.Bytes(Parts), TestContext.Current.CancellationToken);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, Path);
        request.Content = new ByteArrayContent(coded.ToArray());
        request.Content.Headers.TryAddWithoutValidation("Content-Type", Multipart.Type);
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("a paper", await host.TextOfAsync(Assert.Single(Assert.Single(host.Entries()).Files)));
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Of_many_at_once_with_one_key_there_is_one_entry_and_one_set_of_files(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            _ => host.PostFilesAsync(Path, Parts, ("Idempotency-Key", "one-key-for-all-of-these"))));
        Assert.All(answers, answer => Assert.True(
            answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{answer.StatusCode}"));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        var entry = Assert.Single(host.Entries());
        Assert.Equal("a paper", await host.TextOfAsync(Assert.Single(entry.Files)));
        await host.OnlyFilesAsync(entry.Files);
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task The_same_bytes_twice_are_two_files_that_go_each_with_its_entry(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        using var first = await host.PostFilesAsync(Path, [.. Parts, Multipart.File("again", "cv.txt", "a paper")]);
        using var second = await host.PostFilesAsync(Path, Parts);
        var entries = host.Entries();
        Assert.Equal([2, 1], entries.Select(entry => entry.Files.Count));
        Assert.Single(entries.SelectMany(entry => entry.Files).Select(file => file.Digest).Distinct());
        await host.Store.CommitAsync(new PostUnit { Guards = [], Writes = [new DeleteEntry(entries[0].Id, false)] });
        await host.Files().DeleteAllAsync(entries[0].Files);
        Assert.Equal("a paper", await host.TextOfAsync(entries[1].Files[0]));
        await host.OnlyFilesAsync(entries[1].Files);
    }

    [Fact]
    public async Task A_disk_that_fills_up_in_the_middle_of_a_file_answers_507_and_keeps_nothing()
    {
        var disk = new FullDisk { BytesLeft = 150_000 };
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [Any] },
            configure: builder => builder.Services.AddSingleton<IStoreFactory>(disk));
        using var refused = await host.PostFilesAsync(Path, [Multipart.File("cv", "cv.txt", new string('x', 400_000))]);
        Assert.Equal(507, (int)refused.StatusCode);
        Assert.Equal("storage-full", await refused.CodeAsync());
        Assert.Empty(host.Entries());
        await host.OnlyFilesAsync();
        disk.BytesLeft = long.MaxValue;
        using var answer = await host.PostFilesAsync(Path, Parts);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task A_folder_of_files_that_cannot_be_used_is_a_failure_of_the_server_and_forms_without_files_go_on()
    {
        using var kind = new StoreKind("sqlite");
        await using var host = await StartAsync(kind);

        // A file in the place of the folder: also the superuser, as whom tests may run, cannot write below it.
        await File.WriteAllTextAsync(
            System.IO.Path.Combine(kind.Folder, "files"), "", TestContext.Current.CancellationToken);
        using var refused = await host.PostFilesAsync(Path, Parts);
        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        Assert.Equal("internal-error", await refused.CodeAsync());
        Assert.Empty(host.Entries());
        using var answer = await host.PostFilesAsync(Path, [Multipart.Text("name", "Ada")]);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static Task<PostHost> StartAsync(StoreKind kind) =>
        PostHost.StartAsync(new PostroomDeclaration { Endpoints = [Any] }, store: kind.Choose);
}
