using System.Net;
using System.Text;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Idempotency;

/// <summary>The double click of a page without JavaScript: no key, no token, the same content twice within seconds.</summary>
public sealed class SameContentTests
{
    private const string Form = "name=Ada&email=ada%40example.com";

    private static readonly (string, string)[] Browser =
        [("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html"), ("User-Agent", "Mozilla/5.0"), ("Accept-Language", "en")];

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_second_click_gets_the_first_answer_and_is_held_as_a_repeat(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(Declared(), store: kind.Choose);
        using var first = await host.PostFormAsync(Form, Browser);
        host.Time.Advance(TimeSpan.FromSeconds(9));
        using var second = await host.PostFormAsync(Form, Browser);
        Assert.Equal(HttpStatusCode.SeeOther, second.StatusCode);
        Assert.Equal(first.Header("Location"), second.Header("Location"));
        Assert.Equal(first.Header("Postroom-Entry"), second.Header("Postroom-Entry"));
        var entries = host.Entries();
        Assert.Equal([EntryState.Stored, EntryState.Held], entries.Select(entry => entry.State));
        Assert.Equal("repeat", entries[1].Reason);
        Assert.Equal(entries[0].Id, entries[1].RepeatOf);
        Assert.Equal(entries[0].Document.ToArray(), entries[1].Document.ToArray());
    }

    [Fact]
    public async Task A_script_that_asks_for_JSON_gets_the_same_bytes()
    {
        await using var host = await PostHost.StartAsync();
        using var first = await host.PostJsonAsync(Keys.Ada, ("Sec-Fetch-Site", "same-origin"));
        using var second = await host.PostJsonAsync(Keys.Ada, ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task After_ten_seconds_it_is_a_new_message(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(Declared(), store: kind.Choose);
        using var first = await host.PostFormAsync(Form, Browser);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        using var second = await host.PostFormAsync(Form, Browser);
        Assert.NotEqual(first.Header("Postroom-Entry"), second.Header("Postroom-Entry"));
        Assert.Equal([EntryState.Stored, EntryState.Stored], host.Entries().Select(entry => entry.State));
    }

    [Fact]
    public async Task A_restart_between_the_clicks_changes_nothing()
    {
        using var kind = new StoreKind("sqlite");
        var time = new ManualTime();
        string? first;
        await using (var host = await PostHost.StartAsync(Declared(), store: kind.Choose, time: time))
        {
            using var response = await host.PostFormAsync(Form, Browser);
            first = response.Header("Postroom-Entry");
        }

        await using var again = await PostHost.StartAsync(Declared(), store: kind.Choose, time: time);
        using var second = await again.PostFormAsync(Form, Browser);
        Assert.Equal(first, second.Header("Postroom-Entry"));
        Assert.Equal("repeat", again.Entries()[1].Reason);
    }

    [Theory]
    [InlineData("name=Ada&email=ada%40example.org", "Mozilla/5.0", "en")]
    [InlineData(Form, "Mozilla/6.0", "en")]
    [InlineData(Form, "Mozilla/5.0", "de")]
    public async Task Other_content_another_browser_or_another_language_is_another_message(
        string form, string agent, string language)
    {
        await using var host = await PostHost.StartAsync();
        using var first = await host.PostFormAsync(Form, Browser);
        using var second = await host.PostFormAsync(
            form, ("Sec-Fetch-Site", "same-origin"), ("User-Agent", agent), ("Accept-Language", language));
        Assert.Equal([EntryState.Stored, EntryState.Stored], host.Entries().Select(entry => entry.State));
    }

    [Fact]
    public async Task Programs_may_send_the_same_twice()
    {
        await using var host = await PostHost.StartAsync();
        using var first = await host.PostFormAsync(Form);
        using var second = await host.PostFormAsync(Form);
        Assert.Equal([EntryState.Stored, EntryState.Stored], host.Entries().Select(entry => entry.State));
    }

    [Theory]
    [InlineData("""{"type":"object","required":["vote"],"properties":{"vote":{"type":"string"}}}""", "vote=yes")]
    [InlineData("""{"type":"object","properties":{"email":{"type":"string","format":"email"}}}""", "email=a%40b.cd")]
    public async Task Without_a_required_address_the_same_content_may_be_two_messages(string schema, string form)
    {
        var endpoint = PostHost.Contact with { Schema = Encoding.UTF8.GetBytes(schema) };
        await using var host = await PostHost.StartAsync(endpoint);
        using var first = await host.PostFormAsync(form, Browser);
        using var second = await host.PostFormAsync(form, Browser);
        Assert.Equal([EntryState.Stored, EntryState.Stored], host.Entries().Select(entry => entry.State));
    }

    [Fact]
    public async Task A_required_telephone_number_counts_as_an_address()
    {
        var endpoint = PostHost.Contact with
        {
            Schema = """{"type":"object","required":["phone"],"properties":{"phone":{"type":"string"}}}"""u8.ToArray(),
        };
        await using var host = await PostHost.StartAsync(endpoint);
        using var first = await host.PostFormAsync("phone=12345", Browser);
        using var second = await host.PostFormAsync("phone=12345", Browser);
        Assert.Equal([EntryState.Stored, EntryState.Held], host.Entries().Select(entry => entry.State));
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        var endpoint = PostHost.Contact with { Idempotency = new IdempotencyDeclaration { SameContent = TimeSpan.Zero } };
        await using var host = await PostHost.StartAsync(endpoint);
        using var first = await host.PostFormAsync(Form, Browser);
        using var second = await host.PostFormAsync(Form, Browser);
        Assert.Equal([EntryState.Stored, EntryState.Stored], host.Entries().Select(entry => entry.State));
    }

    [Fact]
    public async Task A_first_that_was_deleted_meanwhile_is_no_reason_to_refuse_the_second()
    {
        await using var host = await PostHost.StartAsync();
        using var first = await host.PostFormAsync(Form, Browser);
        var id = host.Entries()[0].Id;
        await host.Store.CommitAsync(new PostUnit { Guards = [], Writes = [new DeleteEntry(id, KeepKey: true)] });
        using var second = await host.PostFormAsync(Form, Browser);
        Assert.Equal(HttpStatusCode.SeeOther, second.StatusCode);
        Assert.Equal(EntryState.Stored, Assert.Single(host.Entries()).State);
    }

    [Fact]
    public async Task Two_clicks_at_the_same_moment_have_one_stored_entry()
    {
        await using var host = await PostHost.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.PostFormAsync(Form, Browser)));
        Assert.Single(answers.Select(answer => answer.Header("Postroom-Entry")).Distinct());
        var entries = host.Entries();
        Assert.Equal(8, entries.Count);
        Assert.Single(entries, entry => entry.State == EntryState.Stored);
        Assert.All(answers, answer => answer.Dispose());
    }

    private static PostroomDeclaration Declared() => new() { Endpoints = [PostHost.Contact] };
}
