using System.Text.Json;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

public sealed class OpenApiTests
{
    [Fact]
    public async Task It_prints_what_the_server_serves()
    {
        using var folder = TestFolder.WithContact();
        var printed = await PostroomProgram.RunAsync("openapi", folder.Path);
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        Assert.False(Directory.Exists(folder.Data));
        await using var server = await RunningServer.StartAsync(folder.Path);
        Assert.Equal(await server.Client.GetStringAsync("/_postroom/openapi.json"), printed.Output);
    }

    [Fact]
    public async Task It_prints_what_is_not_served_too()
    {
        using var folder = TestFolder.With("openapi: off\nendpoints: {/a: {kind: form}}\n");
        var printed = await PostroomProgram.RunAsync("openapi", folder.Path);
        using var document = JsonDocument.Parse(printed.Output);
        Assert.True(document.RootElement.GetProperty("paths").TryGetProperty("/a", out _));
    }

    [Fact]
    public async Task Every_fault_of_the_declaration_is_told()
    {
        using var folder = TestFolder.With("endpoints:\n  /a: {kind: form, colour: red}\n  /b: {kind: form, redirect: 7}\n");
        var printed = await PostroomProgram.RunAsync("openapi", folder.Path);
        Assert.Equal((1, "", 2), (printed.ExitCode, printed.Output, printed.Error.TrimEnd().Split('\n').Length));
    }
}
