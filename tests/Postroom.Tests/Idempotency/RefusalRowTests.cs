using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Idempotency;

/// <summary>Rows 9 to 13: what a refusal does to the key.</summary>
public sealed class RefusalRowTests
{
    /// <summary>Each is refused before the handler; name, media type, body, header, header's value, status.</summary>
    public static TheoryData<string, string, string, string, string, int> BeforeTheHandler { get; } = new()
    {
        { "parse", "application/json", "{\"name\":", "Accept", "*/*", 400 },
        { "origin", "application/json", Keys.Ada, "Origin", "https://evil.example", 403 },
        { "media type", "text/plain", Keys.Ada, "Accept", "*/*", 415 },
        { "coding", "application/json", Keys.Ada, "Content-Encoding", "zstd", 415 },
        { "early data", "application/json", Keys.Ada, "Early-Data", "1", 425 },
    };

    [Theory]
    [MemberData(nameof(BeforeTheHandler))]
    public async Task Row_09_a_refusal_before_the_handler_leaves_the_key_free(
        string name, string mediaType, string body, string header, string value, int status)
    {
        Assert.NotEmpty(name);
        await using var host = await PostHost.StartAsync();
        using var refused = await host.PostAsync(
            "/api/contact", mediaType, body, Keys.Header(Keys.One), (header, value));
        Assert.Equal(status, (int)refused.StatusCode);
        using var next = await host.PostJsonAsync(Keys.Ben, Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.Created, next.StatusCode);
        Assert.Equal("created", next.Header("Idempotency-Status"));
    }

    [Fact]
    public async Task Row_09_a_busy_store_leaves_the_key_free()
    {
        using var kind = new StoreKind("memory");
        var faults = new FaultInjector(kind) { Commit = (_, _) => new ValueTask<UnitOutcome>(UnitOutcome.Busy) };
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [PostHost.Contact] }, store: faults.Choose);
        using var busy = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
        Assert.Equal("overloaded", await busy.CodeAsync());
        faults.Commit = (_, commit) => commit();
        using var next = await host.PostJsonAsync(Keys.Ben, Keys.Header(Keys.One));
        Assert.Equal("created", next.Header("Idempotency-Status"));
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_10_a_corrected_form_keeps_its_key(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [PostHost.Contact] }, store: kind.Choose);
        using var wrong = await host.PostJsonAsync("""{"name":"Ada","email":"no"}""", Keys.Header(Keys.One));
        using var right = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal("validation-failed", await wrong.CodeAsync());
        Assert.Null(wrong.Header("Idempotency-Status"));
        Assert.Equal("created", right.Header("Idempotency-Status"));
        Assert.Single(host.Entries());
    }

    [Fact]
    public async Task Row_11_a_final_refusal_is_stored_with_what_was_written_and_given_again()
    {
        using var kind = new StoreKind("sqlite");
        await using var host = await PostHost.StartNotesAsync(
            form => form.InTransaction((note, unit, _) =>
            {
                unit.Execute("insert into waiting (text) values (?1)", note.Text);
                unit.RefuseFinally("Sold out. You are on the waiting list.", "/text", status: 409);
                return ValueTask.CompletedTask;
            }),
            store => store.UseSqliteWith(kind, "create table if not exists waiting (text text)"));
        using var first = await host.PostNoteAsync("two seats", Keys.Header(Keys.One));
        using var second = await host.PostNoteAsync("two seats", Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.Conflict, first.StatusCode);
        Assert.Equal("application/problem+json", first.Content.Headers.ContentType?.MediaType);
        var json = await first.JsonAsync();
        Assert.Equal("Sold out. You are on the waiting list.", json.GetProperty("message").GetString());
        Assert.Equal("/text", json.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal("new", json.GetProperty("retry").GetProperty("key").GetString());
        Assert.Equal("created", first.Header("Idempotency-Status"));
        Assert.Equal("replayed", second.Header("Idempotency-Status"));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(EntryState.Refused, Assert.Single(host.Entries()).State);
        Assert.Equal(1, host.Count("select count(*) from waiting"));
        Assert.Contains(host.Log.Lines, line => line.StartsWith("POST /api/note 409 refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_11_a_browser_sees_a_final_refusal_as_a_page_each_time()
    {
        await using var host = await PostHost.StartNotesAsync(form => form.InTransaction((_, unit, _) =>
        {
            unit.RefuseFinally("The card was declined <today>.", status: 402);
            return ValueTask.CompletedTask;
        }));
        for (var time = 0; time < 2; time++)
        {
            using var page = await host.PostNoteAsync("pay", Keys.Header(Keys.One), ("Accept", "text/html"));
            Assert.Equal(HttpStatusCode.PaymentRequired, page.StatusCode);
            Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
            Assert.Contains("The card was declined &lt;today&gt;.", await page.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_12_a_refusal_without_effects_leaves_the_key_free(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartNotesAsync(
            form => form.InTransaction((note, unit, _) =>
            {
                if (note.Text == "no")
                {
                    unit.Refuse("Say yes.", "/text");
                }

                return ValueTask.CompletedTask;
            }),
            kind.Choose);
        using var refused = await host.PostNoteAsync("no", Keys.Header(Keys.One));
        using var corrected = await host.PostNoteAsync("yes", Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var json = await refused.JsonAsync();
        Assert.Equal("rejected", json.GetProperty("code").GetString());
        Assert.Equal("Say yes.", json.GetProperty("message").GetString());
        Assert.Equal("same", json.GetProperty("retry").GetProperty("key").GetString());
        Assert.Equal("created", corrected.Header("Idempotency-Status"));
        Assert.Single(host.Entries());
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_13_code_that_throws_stores_nothing_and_leaves_the_key_free(string store)
    {
        using var kind = new StoreKind(store);
        var broken = true;
        await using var host = await PostHost.StartNotesAsync(
            form => form.InTransaction((_, _, _) =>
                broken ? throw new InvalidOperationException("secret of the inside") : ValueTask.CompletedTask),
            kind.Choose);
        using var failed = await host.PostNoteAsync("one", Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        var json = await failed.JsonAsync();
        Assert.Equal("internal-error", json.GetProperty("code").GetString());
        var message = json.GetProperty("message").GetString()!;
        Assert.Matches("^Something failed on our side\\. Nothing was stored\\. Reference [0-9a-f-]{36}$", message);
        Assert.True(json.GetProperty("retry").GetProperty("useful").GetBoolean());
        Assert.Equal("same", json.GetProperty("retry").GetProperty("key").GetString());
        Assert.NotNull(failed.Header("Retry-After"));
        Assert.DoesNotContain("secret", await failed.Content.ReadAsStringAsync());
        Assert.Empty(host.Entries());
        var line = Assert.Single(host.Log.Lines, line => line.Contains("secret of the inside", StringComparison.Ordinal));
        Assert.Contains(message[^36..], line);
        Assert.Contains(nameof(Row_13_code_that_throws_stores_nothing_and_leaves_the_key_free), line);
        broken = false;
        using var retry = await host.PostNoteAsync("one", Keys.Header(Keys.One));
        Assert.Equal("created", retry.Header("Idempotency-Status"));
    }
}
