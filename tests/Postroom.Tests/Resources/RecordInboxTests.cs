using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources;

/// <summary>What an entry of a resource holds, and what the inbox shows of it.</summary>
public sealed class RecordInboxTests
{
    [Fact]
    public async Task An_entry_says_what_was_done_and_leads_to_the_record()
    {
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [ResourceHost.Users] }, app => app.MapPostroomConsole());
        var address = await host.CreateAsync("ada@example.com");
        using var patched = await host.SendAsync("PATCH", address, """{"name":"Ada"}""");
        using var deleted = await host.SendAsync("DELETE", address);

        var entries = host.Entries();
        Assert.Equal(
            [("create", 1), ("update", 2), ("delete", 2)],
            entries.Select(entry =>
            {
                using var document = JsonDocument.Parse(entry.Document);
                var root = document.RootElement;
                Assert.Equal(address, "/api/users/" + root.GetProperty("record").GetString());
                Assert.Equal(root.GetProperty("action").GetString() != "delete", root.TryGetProperty("sha256", out _));
                return (root.GetProperty("action").GetString(), root.GetProperty("version").GetInt32());
            }));
        Assert.All(entries, entry => Assert.Null(entry.Answer));

        var visitor = await InboxVisitor.SignInAsync(host);
        foreach (var entry in entries)
        {
            using var page = await visitor.GetAsync($"/_postroom/entries/{entry.Id}");
            Assert.Equal(200, (int)page.StatusCode);
            Assert.Contains($"href=\"{address}\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var list = await visitor.GetAsync("/_postroom/");
        Assert.Equal(200, (int)list.StatusCode);
    }

    [Fact]
    public async Task A_key_keeps_the_answer_with_the_entry()
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store);
        await host.CreateAsync("ada@example.com", ("Idempotency-Key", "0123456789abcdef"));
        var entry = Assert.Single(host.Entries());
        Assert.Equal(201, entry.Answer!.Status);
        Assert.Equal(EntryState.Stored, entry.State);
        Assert.DoesNotContain("ada@", System.Text.Encoding.UTF8.GetString(entry.Document.Span), StringComparison.Ordinal);
    }
}
