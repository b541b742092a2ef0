using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Parsing.Uploads;

public sealed class FilePostTests
{
    private const string Pdf = "%PDF-1.7 a file";

    private const string Schema = """
        {"type":"object","required":["cv"],"properties":{
          "name":{"type":"string"},
          "cv":{"type":"string","format":"binary"},
          "photos":{"type":"array","items":{"type":"string","contentMediaType":"image/png"}}}}
        """;

    private static EndpointDeclaration Apply { get; } = new()
    {
        Path = "/api/contact",
        Kind = EndpointKind.Form,
        Schema = Encoding.UTF8.GetBytes(Schema),
        Limits = new() { File = 1000, Files = 2, Parts = 5 },
    };

    private static EndpointDeclaration Any { get; } = new() { Path = "/api/contact", Kind = EndpointKind.Form };

    [Fact]
    public async Task A_file_is_kept_beside_the_document_that_holds_its_name()
    {
        await using var host = await PostHost.StartAsync(Apply);
        using var answer = await PostAsync(host, [Text("name", "Ada"), File("cv", "C:\\x\\cv.pdf", Pdf)]);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var entry = Assert.Single(host.Entries());
        Assert.Equal("""{"name":"Ada","cv":"cv.pdf"}""", Encoding.UTF8.GetString(entry.Document.Span));
        var file = Assert.Single(entry.Files);
        Assert.Equal(
            ("/cv", "cv.pdf", Pdf.Length, "application/pdf"),
            (file.Field, file.Name, (int)file.Size, file.MediaType));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Pdf))), file.Digest);
        using var stored = new StreamReader((await Files(host).OpenAsync(file.Id))!);
        Assert.Equal(Pdf, await stored.ReadToEndAsync());
    }

    [Fact]
    public async Task Without_a_schema_any_field_takes_files_and_several_make_a_list()
    {
        await using var host = await PostHost.StartAsync(Any);
        using var answer = await PostAsync(
            host, [File("a", "1.txt", "x"), File("a", "2.txt", "y"), File("b[c]", "3", "z")]);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var entry = Assert.Single(host.Entries());
        Assert.Equal("""{"a":["1.txt","2.txt"],"b":{"c":"3"}}""", Encoding.UTF8.GetString(entry.Document.Span));
        Assert.Equal(["/a/0", "/a/1", "/b/c"], entry.Files.Select(file => file.Field));
    }

    [Theory]
    [InlineData(413, "file-too-large", "limits.file")]
    [InlineData(400, "limit-exceeded", "limits.files")]
    [InlineData(400, "limit-exceeded", "limits.parts")]
    [InlineData(415, "file-type-refused", "/cv")]
    [InlineData(415, "file-type-refused", "/photos")]
    [InlineData(400, "validation-failed", "/name")]
    [InlineData(400, "validation-failed", "required")]
    [InlineData(400, "validation-failed", "file-expected")]
    public async Task What_is_not_taken_is_named_and_leaves_nothing(int status, string code, string word)
    {
        await using var host = await PostHost.StartAsync(Apply);
        string[] parts = word switch
        {
            "limits.file" => [File("cv", "cv.txt", new string('x', 1001))],
            "limits.files" => [File("cv", "1", "x"), File("cv", "2", "x"), File("cv", "3", "x")],
            "limits.parts" => [.. Enumerable.Repeat(Text("name", "x"), 6)],
            "/cv" => [File("cv", "cv.png", "<html>")],
            "/photos" => [File("cv", "cv.pdf", Pdf), File("photos", "a.pdf", Pdf)],
            "/name" => [File("cv", "cv.pdf", Pdf), File("name", "x", "x")],
            "required" => [Text("name", "Ada"), File("cv", "", "")],
            _ => [Text("cv", "cv.pdf")],
        };
        using var answer = await PostAsync(host, parts);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(code, body, StringComparison.Ordinal);
        Assert.Contains(word, body, StringComparison.Ordinal);
        Assert.Empty(host.Entries());
        Assert.Equal(0, await CountAsync(host));
    }

    [Theory]
    [InlineData("application/json", """{"cv":"cv.pdf"}""")]
    [InlineData("application/x-www-form-urlencoded", "cv=cv.pdf")]
    public async Task A_text_where_a_file_belongs_says_to_send_multipart(string type, string body)
    {
        await using var host = await PostHost.StartAsync(Apply);
        using var answer = await host.PostAsync("/api/contact", type, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("multipart/form-data", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_file_fields_takes_none()
    {
        await using var host = await PostHost.StartAsync();
        using var answer = await PostAsync(host, [File("name", "a.txt", "x")]);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("files-unsupported", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_is_known_by_the_content_of_its_files_and_keeps_none_of_its_own()
    {
        await using var host = await PostHost.StartAsync(Apply);
        (string, string) key = ("Idempotency-Key", "0123456789abcdef-key");
        using var first = await PostAsync(host, [File("cv", "cv.pdf", Pdf)], key);
        using var again = await PostAsync(host, [File("cv", "cv.pdf", Pdf)], key);
        using var other = await PostAsync(host, [File("cv", "cv.pdf", Pdf + "!")], key);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal("replayed", again.Headers.GetValues("Idempotency-Status").Single());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Single(host.Entries());
        Assert.Equal(1, await CountAsync(host));
    }

    [Fact]
    public async Task Files_that_no_entry_names_are_swept_after_an_hour_and_others_stay()
    {
        await using var host = await PostHost.StartAsync(Apply);
        using var answer = await PostAsync(host, [File("cv", "cv.pdf", Pdf)]);
        await using (var left = await Files(host).CreateAsync(host.Store.Ids.Next()))
        {
            left.End();
            await left.CompleteAsync();
        }

        var sweep = new FileSweep(host.Store, Files(host), host.Time);
        Assert.Equal(0, await sweep.RunAsync(CancellationToken.None));
        host.Time.Advance(TimeSpan.FromHours(1.1));
        await new FileSweep(host.Store, Files(host), host.Time).RunAsync(CancellationToken.None);
        Assert.Equal(1, await CountAsync(host));
        Assert.NotNull(await Files(host).OpenAsync(Assert.Single(host.Entries()).Files[0].Id));
    }

    [Fact]
    public async Task Files_go_with_their_entry()
    {
        await using var host = await PostHost.StartAsync(Apply with { Retention = TimeSpan.FromDays(1) });
        using var answer = await PostAsync(host, [File("cv", "cv.pdf", Pdf)]);
        Assert.Equal(1, await CountAsync(host));
        host.Time.Advance(TimeSpan.FromDays(9));
        await Patience.UntilAsync(() => CountAsync(host).GetAwaiter().GetResult() == 0, "the end of the file");
        Assert.Empty(host.Entries());
    }

    [Fact]
    public async Task A_full_disk_answers_507_and_keeps_nothing()
    {
        var disk = new FullDisk();
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [Apply] },
            configure: builder => builder.Services.AddSingleton<IStoreFactory>(disk));
        disk.IsFull = true;
        using var refused = await PostAsync(host, [File("cv", "cv.pdf", Pdf)]);
        Assert.Equal(507, (int)refused.StatusCode);
        Assert.Empty(host.Entries());
        disk.IsFull = false;
        using var answer = await PostAsync(host, [File("cv", "cv.pdf", Pdf)]);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static IFileStore Files(PostHost host) => host.Services.GetRequiredService<IFileStore>();

    private static async Task<int> CountAsync(PostHost host)
    {
        var count = 0;
        await foreach (var _ in Files(host).ListOlderAsync(DateTimeOffset.MaxValue, CancellationToken.None))
        {
            count++;
        }

        return count;
    }

    private static string Text(string name, string value) =>
        $"--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    private static string File(string name, string fileName, string content) =>
        $"--B\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{fileName}\"\r\n\r\n{content}\r\n";

    private static Task<HttpResponseMessage> PostAsync(
        PostHost host, string[] parts, params (string Name, string Value)[] headers) => host.PostAsync(
            "/api/contact", "multipart/form-data; boundary=B", string.Concat(parts) + "--B--\r\n", headers);
}
