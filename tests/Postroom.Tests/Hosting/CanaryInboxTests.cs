using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Net.Http.Headers;
using Postroom.Answers;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Answers;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Hosting;

/// <summary>One hostile text in names, values, files and addresses, as somebody who is signed in sees it.</summary>
public sealed class CanaryInboxTests : IAsyncLifetime
{
    private readonly StoreKind _kind = new("sqlite");
    private PostHost _host = null!;
    private InboxVisitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PostHost.StartAsync(
            new PostroomDeclaration
            {
                Endpoints =
                [
                    PostHost.Contact with { Schema = null, Quarantine = TimeSpan.FromDays(1), Limits = new() { Name = 400 } },
                ],
            },
            app => app.MapPostroomConsole(),
            _kind.Choose);
        _visitor = await InboxVisitor.SignInAsync(_host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _kind.Dispose();
    }

    [Theory]
    [InlineData("/_postroom/")]
    [InlineData("/_postroom/held")]
    [InlineData("/_postroom/refused")]
    public async Task A_list_shows_it_encoded(string path)
    {
        await PostAllAsync();
        foreach (var query in (string[])["", "?text=", "?endpoint=", "?state=", "?reason=", "?after=", "?before="])
        {
            var page = await PageAsync(path + query + (query.Length > 0 ? Uri.EscapeDataString(Canary.Text) : ""));
            Assert.NotEmpty(page.All("main"));
        }
    }

    [Fact]
    public async Task An_entry_shows_it_encoded()
    {
        await PostAllAsync();
        Assert.Equal(4, _host.Entries().Count);
        foreach (var entry in _host.Entries())
        {
            var page = await PageAsync($"/_postroom/entries/{entry.Id}");
            await PageAsync($"/_postroom/entries/{entry.Id}/delete");
            if (entry.Files.Count == 0 && entry.State == EntryState.Stored)
            {
                Assert.Contains("<script>alert(1)</script>", page.One("main").Text, StringComparison.Ordinal);
            }
        }

        // Traces are written when there is time for it, so a page may say that there is none yet.
        foreach (var entry in _host.Entries())
        {
            await PageAsync($"/_postroom/refused/{entry.Id}", 200, 404);
        }
    }

    [Fact]
    public async Task A_document_is_saved_as_it_came_and_never_shown()
    {
        await PostAllAsync();
        var entry = _host.Entries()[0];
        using var answer = await _visitor.GetAsync($"/_postroom/entries/{entry.Id}/document");
        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.StartsWith("attachment", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Equal(Canary.Text, (await answer.JsonAsync()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_name_of_a_file_stays_in_its_place_in_the_header()
    {
        await PostAllAsync();
        var entry = Assert.Single(_host.Entries(), entry => entry.Files.Count > 0);
        var file = Assert.Single(entry.Files);
        Assert.DoesNotContain(file.Name, character => char.IsControl(character) || character is '/' or '\\' or '\u202e');
        using var answer = await _visitor.GetAsync($"/_postroom/entries/{entry.Id}/files/{file.Id}");
        var line = answer.Header("Content-Disposition")!;
        Assert.True(Ascii.IsValid(line));
        var disposition = ContentDispositionHeaderValue.Parse(line);
        Assert.Equal("attachment", disposition.DispositionType.ToString());
        Assert.Equal(file.Name, disposition.FileNameStar.ToString());
        Assert.All(disposition.Parameters, parameter => Assert.StartsWith("filename", parameter.Name.ToString(), StringComparison.Ordinal));
        Assert.Equal("application/octet-stream", answer.Header("Content-Type"));
        Assert.StartsWith("sandbox;", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Null(answer.Header("Set-Cookie"));
    }

    /// <summary>What is taken, with a file, held and refused.</summary>
    private async Task PostAllAsync()
    {
        var text = JsonSerializer.Serialize(Canary.Text);
        using var taken = await _host.PostJsonAsync(
            $$"""{"name":{{text}},{{text}}:{{text}}}""", ("User-Agent", "<script>agent"));
        Assert.Equal(201, (int)taken.StatusCode);
        using var file = await _host.PostAsync(
            "/api/contact", "multipart/form-data; boundary=b",
            $"--b\r\nContent-Disposition: form-data; name=\"cv\"; filename=\"{Canary.FileName}\"\r\n"
            + "Content-Type: text/plain\r\n\r\nhello\r\n--b--\r\n");
        Assert.Equal(201, (int)file.StatusCode);
        using var held = await _host.PostJsonAsync($$"""{"name":{{text}},"_gotcha":{{text}}}""");
        Assert.Equal(201, (int)held.StatusCode);
        using var refused = await _host.PostJsonAsync("{" + Canary.Text);
        Assert.Equal(400, (int)refused.StatusCode);
        await Patience.UntilAsync(() => _host.Entries().Count == 4, "what was refused is kept");
    }

    private async Task<Markup> PageAsync(string path, params int[] statuses)
    {
        using var answer = await _visitor.GetAsync(path);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Contains((int)answer.StatusCode, statuses.Length == 0 ? [200] : statuses);
        foreach (var (name, value) in HtmlHeaders.All)
        {
            Assert.Equal(value, answer.Header(name));
        }

        Assert.Null(answer.Header("Content-Encoding"));
        Assert.DoesNotContain("<script", Encoding.UTF8.GetString(bytes), StringComparison.OrdinalIgnoreCase);
        return PageRules.Check(bytes);
    }
}
