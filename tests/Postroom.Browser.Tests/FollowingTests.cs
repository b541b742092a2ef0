using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>A browser's own EventSource, which knows nothing of Postroom, while the server is killed.</summary>
public sealed class FollowingTests(Chromium chromium)
{
    private const string Declaration = """
        site: ./site
        endpoints:
          /api/tasks:
            kind: resource
            access: public
            changes: true
            schema: {type: object, properties: {title: {type: string, maxLength: 200}}}
        """;

    private const string Page = """
        <!doctype html><title>Tasks</title><ol></ol><output>0</output>
        <script type="module">
          const changes = new EventSource("/api/tasks/changes");
          changes.addEventListener("open", () => document.querySelector("output").textContent++);
          for (const name of ["created", "reset"]) {
            changes.addEventListener(name, event => {
              const item = document.createElement("li");
              item.textContent = name === "reset" ? name : JSON.parse(event.data).record.title;
              document.querySelector("ol").append(item);
            });
          }
        </script>
        """;

    [Fact]
    public async Task It_misses_nothing_when_the_server_is_killed_again_and_again()
    {
        var folder = Directory.CreateTempSubdirectory("postroom-following-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "postroom.yaml"), Declaration);
        Directory.CreateDirectory(Path.Combine(folder, "site"));
        await File.WriteAllTextAsync(Path.Combine(folder, "site", "index.html"), Page);
        await using var server = await PostroomServer.StartFolderAsync(folder);
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url + "/");
        await Expect(page.Locator("output")).ToHaveTextAsync("1");

        // The first kill comes before any event: the place is known nevertheless.
        using var client = new HttpClient();
        for (var round = 0; round < 4; round++)
        {
            if (round > 0)
            {
                await PostAsync(client, server, $"before {round}");
            }

            await server.KillAsync();
            await server.StartAgainAsync();
            await PostAsync(client, server, $"after {round}");
        }

        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(
            ["after 0", "before 1", "after 1", "before 2", "after 2", "before 3", "after 3"]);
    }

    private static async Task PostAsync(HttpClient client, PostroomServer server, string title)
    {
        using var content = new StringContent($$"""{"title":"{{title}}"}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(server.Url + "/api/tasks", content);
        Assert.Equal(201, (int)response.StatusCode);
    }
}
