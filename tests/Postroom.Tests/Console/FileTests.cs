using System.Buffers;
using System.Net;
using System.Text;
using Postroom.Storage;

namespace Postroom.Tests.Inbox;

public sealed class FileTests
{
    private const string Hostile = "<script>alert(1)</script>";

    [Fact]
    public async Task An_entry_lists_its_files_and_each_is_saved_byte_for_byte_and_never_shown()
    {
        await using var host = await ConsoleHost.StartAsync();
        var (entry, file) = await AddAsync(host, "Ünïcode “cv”.html", Hostile);
        var client = await host.SignInAsync();

        var page = await client.PageAsync($"/_postroom/entries/{entry.Id}");
        Assert.Contains(file.Name, page.One("main").Text, StringComparison.Ordinal);
        Assert.Contains(file.Digest, page.One("main").Text, StringComparison.Ordinal);

        using var answer = await client.GetAsync($"/_postroom/entries/{entry.Id}/files/{file.Id}");
        Assert.Equal(Hostile, await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(file.Name, answer.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.StartsWith("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task The_body_of_a_refused_entry_is_saved_byte_for_byte_and_never_shown()
    {
        await using var host = await ConsoleHost.StartAsync();
        host.Releases.Times = 1234;
        var entry = await host.AddAsync("{}", entry => entry with
        {
            State = EntryState.Held,
            Reason = "refused:malformed-json",
            Body = Encoding.UTF8.GetBytes(Hostile + "\0\r"),
            BodyType = "text/html",
        });
        var plain = await host.AddAsync("{}");
        var client = await host.SignInAsync();

        var page = await client.PageAsync($"/_postroom/entries/{entry.Id}");
        Assert.Contains(page.All("a"), link => link["href"] == $"/_postroom/entries/{entry.Id}/body");
        Assert.Contains("came 1\u202F234 times", page.One("main").Text, StringComparison.Ordinal);
        using var answer = await client.GetAsync($"/_postroom/entries/{entry.Id}/body");
        Assert.Equal(Hostile + "\0\r", await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal($"{entry.Id}.body", answer.Content.Headers.ContentDisposition.FileName);
        Assert.StartsWith("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());

        using var none = await client.GetAsync($"/_postroom/entries/{plain.Id}/body");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var stranger = await host.Http.GetAsync($"/_postroom/entries/{entry.Id}/body");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task The_body_of_a_refused_form_is_saved_with_its_files_in_their_places()
    {
        await using var host = await ConsoleHost.StartAsync();
        var (_, file) = await AddAsync(host, "cv.txt", "CONTENT");
        var entry = await host.AddAsync("{}", entry => entry with
        {
            State = EntryState.Held,
            Reason = "refused:validation-failed",
            Files = [file],
            Body = "[]"u8.ToArray(),
            BodyGaps = [1],
            BodyType = "multipart/form-data; boundary=x",
        });
        var client = await host.SignInAsync();
        using var answer = await client.GetAsync($"/_postroom/entries/{entry.Id}/body");
        Assert.Equal("[CONTENT]", await answer.Content.ReadAsStringAsync());

        await host.Files.DeleteAsync(file.Id);
        using var gone = await client.GetAsync($"/_postroom/entries/{entry.Id}/body");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("a\r\nSet-Cookie: x=1.txt")]
    [InlineData("quote\".txt")]
    [InlineData("../../etc/passwd")]
    public async Task A_hostile_name_stays_inside_its_header(string name)
    {
        await using var host = await ConsoleHost.StartAsync();
        var (entry, file) = await AddAsync(host, name, "x");
        using var answer = await (await host.SignInAsync()).GetAsync($"/_postroom/entries/{entry.Id}/files/{file.Id}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Who_is_not_signed_in_gets_no_file()
    {
        await using var host = await ConsoleHost.StartAsync();
        var (entry, file) = await AddAsync(host, "cv.pdf", "secret");
        using var answer = await host.Http.GetAsync($"/_postroom/entries/{entry.Id}/files/{file.Id}");
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_found_only_under_its_own_entry()
    {
        await using var host = await ConsoleHost.StartAsync();
        var (_, file) = await AddAsync(host, "cv.pdf", "x");
        var other = await host.AddAsync("{}");
        using var answer = await (await host.SignInAsync()).GetAsync($"/_postroom/entries/{other.Id}/files/{file.Id}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Deleting_an_entry_deletes_the_bytes_of_its_files()
    {
        await using var host = await ConsoleHost.StartAsync();
        var (entry, file) = await AddAsync(host, "cv.pdf", "x");
        var client = await host.SignInAsync();
        await client.PostAsync($"/_postroom/entries/{entry.Id}/delete", ("_form", await client.FormTokenAsync()));
        Assert.Null(await host.Files.OpenAsync(file.Id));
    }

    private static async Task<(Entry Entry, EntryFile File)> AddAsync(ConsoleHost host, string name, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var id = host.Store.Ids.Next();
        await using var writer = await host.Files.CreateAsync(id);
        await writer.WriteAsync(new ReadOnlySequence<byte>(bytes));
        writer.End();
        await writer.CompleteAsync();
        var file = new EntryFile(id, "/cv", name, bytes.Length, "text/html", writer.Digest);
        return (await host.AddAsync("""{"cv":"cv"}""", entry => entry with { Files = [file] }), file);
    }
}
