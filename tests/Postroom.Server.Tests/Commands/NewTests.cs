using System.Net;
using System.Text.Json;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

public sealed class NewTests
{
    [Fact]
    public async Task What_it_makes_is_served_and_takes_a_POST()
    {
        using var folder = new TestFolder();
        var made = await PostroomProgram.RunAsync(
            new ProgramStart(PostroomProgram.Path, "new", "contact") { Folder = folder.Path });
        Assert.Equal(0, made.ExitCode);
        Assert.EndsWith("Start it: postroom serve contact\n", made.Output, StringComparison.Ordinal);
        await using var server = await RunningServer.StartAsync(folder["contact"]);
        Assert.Contains("<form", await server.Client.GetStringAsync("/"), StringComparison.Ordinal);
        using var answer = await server.PostJsonAsync(TestFolder.ContactPath, """{"name":"Ada","email":"ada@example.com"}""");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("Thank you for contacting us, Ada!", body.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public async Task It_overwrites_nothing()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["contact"]);
        folder.Write("contact/postroom.yaml", "mine");
        var result = await PostroomProgram.RunAsync(
            new ProgramStart(PostroomProgram.Path, "new", "contact") { Folder = folder.Path });
        result.AssertFailed($"contact{Path.DirectorySeparatorChar}postroom.yaml exists already. Nothing was overwritten. Try `--into another-folder`.");
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["contact/postroom.yaml"]));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder["contact"]));
    }

    [Fact]
    public async Task Another_folder_can_be_told()
    {
        using var folder = new TestFolder();
        var result = await PostroomProgram.RunAsync("new", "contact", "--into", folder["deep/site"]);
        Assert.Equal(0, result.ExitCode);
        Assert.True(File.Exists(folder["deep/site/postroom.yaml"]));
    }

    [Fact]
    public async Task An_unknown_template_names_those_that_there_are()
    {
        var result = await PostroomProgram.RunAsync("new", "spaceship");
        result.AssertFailed("There is no template \"spaceship\". There are: contact.");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_in_a_sentence()
    {
        using var folder = new TestFolder();
        folder.Write("taken", "");
        var result = await PostroomProgram.RunAsync("new", "contact", "--into", folder["taken"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(folder["taken"], result.Error, StringComparison.Ordinal);
        result.AssertNoStackTrace();
    }
}
