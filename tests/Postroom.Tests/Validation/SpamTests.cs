using System.Text.Json;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Validation;

/// <summary>What the rules about spam catch, what they let through, and what a sender sees of it.</summary>
public sealed class SpamTests
{
    private static readonly SpamDeclaration s_every = new()
    {
        Links = 2,
        Words = ["casino", "buy now", "赌场", "sex"],
        BlockedEmails = ["spam.example", "eve@mail.example", "bücher.example"],
        Markup = true,
        IdenticalFields = true,
    };

    public static TheoryData<string, string> Caught => new()
    {
        { "http://a.example https://b.example www.c.example", "links: 3 links (at most 2)" },
        { "HTTP://A HTTPS://B Http://www.c.example", "links: 3 links (at most 2)" },
        { "ｈｔｔｐ：／／a http://b ht\u200Btp://c", "links: 3 links (at most 2)" },
        { "the CASINO!", "words: it says “casino”" },
        { "ＣＡＳＩＮＯ", "words: it says “casino”" },
        { "ca\u00ADsi\u200Bno", "words: it says “casino”" },
        { "Buy\n\n  NOW", "words: it says “buy now”" },
        { "最好的赌场在这里", "words: it says “赌场”" },
        { "write to a@spam.example today", "blocked-email: an address of spam.example" },
        { "Ada <ada@MAIL.Spam.Example.>", "blocked-email: an address of spam.example" },
        { "eve@mail.example", "blocked-email: an address of eve@mail.example" },
        { "x@bücher.example", "blocked-email: an address of bücher.example" },
        { "<a\nclass=x href='x'>cheap</a>", "markup: a link in HTML" },
        { "<A HREF=x>", "markup: a link in HTML" },
        { "[URL=x]cheap[/URL]", "markup: a link in BBCode" },
        { "[link]x[/link]", "markup: a link in BBCode" },
    };

    public static TheoryData<string> Ordinary =>
    [
        "Hello, could you call me back on Monday? My number is +44 20 7946 0000.",
        "Grüße aus Essex, wir kommen zu zweit. Unsere Seite: https://www.beispiel.example",
        "Bonjour, j'aimerais réserver une table pour 4 personnes à 19 h.",
        "Здравствуйте! Сколько стоит доставка в Казань?",
        "こんにちは。予約を変更したいのですが、よろしいでしょうか。",
        "您好，请问周末营业吗？",
        "مرحبا، أود الاستفسار عن الأسعار.",
        "שלום, מתי אתם פתוחים?",
        "if a <b and c> d, see [1] and 5 < 6 @ noon",
        "casinos, xcasino and casino2 are other words; so is sexes",
        "ada@notspam.example, bob@spam.example.org, adam@mail.example, steve@mail.example",
        "www.a.example and https://b.example",
        "awww. That is sweet",
        "👩‍👩‍👧 thank you 🎰",
        "@ @@ a@ @b .@. http:// <a",
    ];

    [Theory]
    [MemberData(nameof(Caught))]
    public async Task A_rule_holds_what_it_is_for_and_says_what_it_saw(string message, string evidence)
    {
        var entry = await PostAsync(s_every, message);
        Assert.Equal(EntryState.Held, entry.State);
        Assert.Equal(evidence, entry.Evidence);
        Assert.Equal(evidence[..evidence.IndexOf(':', StringComparison.Ordinal)], entry.Reason);
    }

    [Theory]
    [MemberData(nameof(Caught))]
    public async Task Nothing_is_held_by_rules_that_are_not_asked_for(string message, string evidence)
    {
        Assert.NotEmpty(evidence);
        Assert.Equal(EntryState.Stored, (await PostAsync(new SpamDeclaration(), message)).State);
        Assert.Equal(EntryState.Stored, (await PostAsync(SpamDeclaration.Off, message)).State);
    }

    [Theory]
    [MemberData(nameof(Ordinary))]
    public async Task Ordinary_messages_pass_every_rule(string message)
    {
        var entry = await PostAsync(s_every, message);
        Assert.Null(entry.Evidence);
        Assert.Equal(EntryState.Stored, entry.State);
    }

    [Fact]
    public async Task Every_reason_that_speaks_is_kept()
    {
        await using var host = await StartAsync(s_every);
        using var answer = await host.PostJsonAsync(
            """{"_gotcha":"x","a":"casino http://a http://b","b":"http://c <a href=x>","c":"a@spam.example"}""");
        var entry = Assert.Single(host.Entries());
        Assert.Equal("honeypot", entry.Reason);
        Assert.Equal(["honeypot", "links", "words", "blocked-email", "markup"],
            entry.Evidence!.Split('\n').Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task A_word_is_found_in_the_name_of_a_field()
    {
        await using var host = await StartAsync(s_every);
        using var answer = await host.PostJsonAsync("""{"casino":"x"}""");
        Assert.Equal("words", Assert.Single(host.Entries()).Reason);
    }

    [Theory]
    [InlineData("""{"a":"Same","b":"same","c":" same"}""", "identical-fields")]
    [InlineData("""{"a":"same","b":"same"}""", null)]
    [InlineData("""{"a":"same","b":"same","c":"other"}""", null)]
    public async Task The_same_text_in_every_field_is_held(string json, string? reason)
    {
        await using var host = await StartAsync(s_every);
        using var answer = await host.PostJsonAsync(json);
        Assert.Equal(reason, Assert.Single(host.Entries()).Reason);
    }

    [Fact]
    public async Task An_unticked_box_of_a_script_is_no_honeypot_filled_in()
    {
        await using var host = await StartAsync(new SpamDeclaration());
        using var answer = await host.PostJsonAsync("""{"name":"Ada","botcheck":false}""");
        Assert.Equal(EntryState.Stored, Assert.Single(host.Entries()).State);
    }

    [Fact]
    public async Task What_is_held_is_answered_like_what_is_stored()
    {
        await using var host = await StartAsync(s_every);
        using var stored = await host.PostJsonAsync("""{"name":"ordinary"}""");
        using var held = await host.PostJsonAsync("""{"name":"a casino"}""");
        Assert.Equal([EntryState.Stored, EntryState.Held], host.Entries().Select(entry => entry.State));
        Assert.Equal(stored.StatusCode, held.StatusCode);
        Assert.Equal(Names(stored), Names(held));
        Assert.Equal(await ShapeAsync(stored), await ShapeAsync(held));
    }

    private static IEnumerable<string> Names(HttpResponseMessage answer) =>
        answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key).Order();

    private static async Task<string> ShapeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadAsStringAsync()).Replace(
            answer.Header("Postroom-Entry")!, "id", StringComparison.Ordinal);

    private static async Task<Entry> PostAsync(SpamDeclaration spam, string message)
    {
        await using var host = await StartAsync(spam);
        using var answer = await host.PostJsonAsync($$"""{"message":{{JsonSerializer.Serialize(message)}}}""");
        return Assert.Single(host.Entries());
    }

    private static Task<PostHost> StartAsync(SpamDeclaration spam) => PostHost.StartAsync(
        new EndpointDeclaration { Path = "/api/contact", Kind = EndpointKind.Form, Spam = spam });
}
