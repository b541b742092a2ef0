using System.Net;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Idempotency;

/// <summary>Rows 4 to 6, 16 and 23: the first request, its repeats, and what is none.</summary>
public sealed class ReplayRowTests
{
    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_04_the_first_request_is_committed_and_answered(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(Declared(), store: kind.Choose);
        using var response = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("created", response.Header("Idempotency-Status"));
        Assert.Null(response.Header("Idempotency-First-Seen"));
        Assert.Equal("Fri, 01 Feb 2030 12:00:00 GMT", response.Header("Idempotency-Expires"));
        Assert.Single(host.Entries());
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_05_a_repeat_gets_the_same_bytes_and_has_no_effect(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(Declared(), store: kind.Choose);
        using var first = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        host.Time.Advance(TimeSpan.FromHours(3));
        using var second = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Equal(first.Header("Postroom-Entry"), second.Header("Postroom-Entry"));
        Assert.Equal(first.Header("Idempotency-Expires"), second.Header("Idempotency-Expires"));
        Assert.Equal("replayed", second.Header("Idempotency-Status"));
        Assert.Equal("Thu, 31 Jan 2030 12:00:00 GMT", second.Header("Idempotency-First-Seen"));
        Assert.Single(host.Entries());
    }

    [Fact]
    public async Task Row_05_a_repeat_is_answered_before_the_schema_is_asked()
    {
        using var kind = new StoreKind("sqlite");
        var time = new ManualTime();
        await using (var host = await PostHost.StartAsync(Declared(), store: kind.Choose, time: time))
        {
            using var first = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
            Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        }

        var stricter = PostHost.Contact with { Schema = """{"type":"object","required":["phone"]}"""u8.ToArray() };
        await using var changed = await PostHost.StartAsync(Declared(stricter), store: kind.Choose, time: time);
        using var repeat = await changed.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        using var other = await changed.PostJsonAsync(Keys.Ada, Keys.Header(Keys.Two));
        Assert.Equal("replayed", repeat.Header("Idempotency-Status"));
        Assert.Equal("validation-failed", await other.CodeAsync());
    }

    [Fact]
    public async Task Row_05_order_and_white_space_of_the_JSON_do_not_make_another_request()
    {
        await using var host = await PostHost.StartAsync();
        using var first = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        using var second = await host.PostJsonAsync(
            """{ "email": "ada@example.com",  "name": "\u0041da" }""", Keys.Header(Keys.One));
        Assert.Equal("replayed", second.Header("Idempotency-Status"));
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_05_a_deleted_entry_is_not_made_again_by_a_late_repeat(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(Declared(), store: kind.Choose);
        using var first = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        var id = Assert.Single(host.Entries()).Id;
        await host.Store.CommitAsync(new PostUnit { Guards = [], Writes = [new DeleteEntry(id, KeepKey: true)] });
        using var repeat = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.Gone, repeat.StatusCode);
        Assert.Equal("entry-removed", await repeat.CodeAsync());
        Assert.Empty(host.Entries());
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_06_another_content_under_the_key_is_refused_with_the_same_words_always(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(Declared(), store: kind.Choose);
        using var first = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        using var other = await host.PostJsonAsync(Keys.Ben, Keys.Header(Keys.One));
        using var third = await host.PostJsonAsync("""{"name":"Cy","email":"cy@example.com"}""", Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("idempotency-key-reused", await other.CodeAsync());
        Assert.Null(other.Header("Postroom-Entry"));
        Assert.Equal(await other.Content.ReadAsStringAsync(), await third.Content.ReadAsStringAsync());
        Assert.DoesNotContain("Ada", await other.Content.ReadAsStringAsync());
        Assert.Single(host.Entries());
    }

    [Fact]
    public async Task Row_06_one_key_on_two_endpoints_is_two_keys()
    {
        var second = PostHost.Contact with { Path = "/api/second" };
        await using var host = await PostHost.StartAsync(PostHost.Contact, second);
        using var here = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        using var there = await host.PostAsync("/api/second", "application/json", Keys.Ben, Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.Created, there.StatusCode);
        Assert.Equal("created", there.Header("Idempotency-Status"));
    }

    [Fact]
    public async Task Row_15_a_unit_that_never_reached_the_disk_leaves_the_key_free()
    {
        using var kind = new StoreKind("sqlite");
        var time = new ManualTime();
        var faults = new FaultInjector(kind) { Commit = (_, _) => throw new IOException("the machine stopped here") };
        await using (var host = await PostHost.StartAsync(Declared(), store: faults.Choose, time: time))
        {
            using var lost = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
            Assert.Equal(HttpStatusCode.InternalServerError, lost.StatusCode);
        }

        await using var again = await PostHost.StartAsync(Declared(), store: kind.Choose, time: time);
        using var retry = await again.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal("created", retry.Header("Idempotency-Status"));
        Assert.Single(again.Entries());
    }

    [Fact]
    public async Task Row_16_an_answer_that_never_left_is_given_to_the_retry_after_the_restart()
    {
        using var kind = new StoreKind("sqlite");
        var time = new ManualTime();
        var faults = new FaultInjector(kind)
        {
            Commit = async (_, commit) =>
            {
                await commit();
                throw new IOException("the machine stopped here");
            },
        };
        EntryId id;
        await using (var host = await PostHost.StartAsync(Declared(), store: faults.Choose, time: time))
        {
            using var lost = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
            Assert.DoesNotContain("Nothing was stored", await lost.Content.ReadAsStringAsync());
            id = Assert.Single(host.Entries()).Id;
        }

        await using var again = await PostHost.StartAsync(Declared(), store: kind.Choose, time: time);
        using var retry = await again.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.Created, retry.StatusCode);
        Assert.Equal("replayed", retry.Header("Idempotency-Status"));
        Assert.Equal(id.ToString(), (await retry.JsonAsync()).GetProperty("id").GetString());
        Assert.Single(again.Entries());
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_23_after_its_time_a_key_is_free_again(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(Declared(), store: kind.Choose);
        using var first = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        host.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        using var last = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        host.Time.Advance(TimeSpan.FromMilliseconds(1));
        using var anew = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal("replayed", last.Header("Idempotency-Status"));
        Assert.Equal("created", anew.Header("Idempotency-Status"));
        Assert.Equal(2, host.Entries().Count);
    }

    private static PostroomDeclaration Declared(EndpointDeclaration? endpoint = null) =>
        new() { Endpoints = [endpoint ?? PostHost.Contact] };
}
