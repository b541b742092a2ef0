using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Hosting;

/// <summary>The line that an operator sees for every POST, and what strangers cannot do to it.</summary>
public sealed class LogLineTests
{
    private static readonly PostroomDeclaration Anything = new()
    {
        Endpoints = [PostHost.Contact with { Schema = null }],
    };

    [Fact]
    public async Task It_says_what_came_what_was_decided_and_how_long_it_took()
    {
        PostHost? started = null;
        await using var host = started = await PostHost.StartNotesAsync(form => form.InTransaction((_, _, _) =>
        {
            started!.Time.Advance(TimeSpan.FromMilliseconds(2.9));
            return ValueTask.CompletedTask;
        }));
        using var response = await host.PostNoteAsync("hello", ("User-Agent", "curl/8 (a comment)"));
        Assert.Equal(
            $"POST /api/note 201 stored {response.Header("Postroom-Entry")} 2.9 ms curl/8 {{\"text\":\"hello\"}}",
            await LineAsync(host));
    }

    [Theory]
    [InlineData("{\"name\":\"Ada\"}", "400 validation-failed", " — Name and email are required.")]
    [InlineData("{", "400 malformed-json", " — ")]
    public async Task A_refusal_says_why(string body, string outcome, string note)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(body);
        var line = await LineAsync(host);
        Assert.StartsWith($"POST /api/contact {outcome} ", line, StringComparison.Ordinal);
        Assert.Contains(note, line);
    }

    [Fact]
    public async Task A_repeat_is_logged_under_the_entry_that_it_repeats()
    {
        await using var host = await PostHost.StartAsync();
        using var first = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        using var second = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        await host.Log.ContainsAsync($"201 replayed {first.Header("Postroom-Entry")}");
    }

    [Fact]
    public async Task What_is_held_says_the_reason()
    {
        await using var host = await PostHost.StartAsync(Anything);
        using var response = await host.PostJsonAsync("""{"a":"b","_gotcha":"x"}""");
        Assert.Contains(" 201 held:honeypot ", await LineAsync(host));
    }

    [Fact]
    public async Task Production_logs_names_and_no_values()
    {
        await using var host = await PostHost.StartAsync(Anything with { Url = new Uri("https://post.example.com") });
        using var response = await host.PostJsonAsync("""{"name":"Ada","address":{"zip":"12345"},"tags":["secret"]}""");
        Assert.EndsWith(" - {name, address, tags}", await LineAsync(host), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("Ada", StringComparison.Ordinal)
            || line.Contains("12345", StringComparison.Ordinal) || line.Contains("secret", StringComparison.Ordinal));
    }

    /// <summary>What a stranger sends, and what must not reach a terminal.</summary>
    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "\u001b[2J\u001b]0;owned\u0007", "\u001b" },
        { "line\r\nPOST /api/contact 201 stored forged", "\n" },
        { "line\u0085next\u2028next", "\u2028" },
        { "\u202egnp.exe\u2066\u2069", "\u202e" },
        { "zero\u200bwidth\ufeff", "\u200b" },
        { "tag\U000E0041", "\U000E0041" },
        { "\u009b31m", "\u009b" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_values_are_escaped(string value, string harm)
    {
        await using var host = await PostHost.StartAsync(Anything);
        using var form = await host.PostFormAsync("text=" + Uri.EscapeDataString(value));
        Assert.DoesNotContain(harm, await LineAsync(host));
        Assert.Single(host.Log.Lines, line => line.StartsWith("POST ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_names_are_escaped_in_production(string name, string harm)
    {
        await using var host = await PostHost.StartAsync(Anything with { Url = new Uri("https://post.example.com") });
        using var form = await host.PostFormAsync(Uri.EscapeDataString(name) + "=1");
        Assert.DoesNotContain(harm, await LineAsync(host));
    }

    [Fact]
    public async Task Hostile_agents_are_escaped_and_cut()
    {
        await using var host = await PostHost.StartAsync(Anything);
        using var raw = await RawPost.SendAsync(
            host.Address, "User-Agent: \u001b[31m" + new string('x', 5000), """{"a":"b"}""");
        Assert.Equal(201, raw.Status);
        var line = await LineAsync(host);
        Assert.DoesNotContain("\u001b", line);
        Assert.InRange(line.Length, 100, 200);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("😀")]
    [InlineData("\u202e")]
    public async Task Ten_kilobytes_are_cut_to_a_line_and_no_character_is_halved(string character)
    {
        await using var host = await PostHost.StartAsync(Anything);
        var text = string.Concat(Enumerable.Repeat(character, 10_000 / character.Length));
        using var response = await host.PostFormAsync("text=" + Uri.EscapeDataString(text));
        var line = await LineAsync(host);
        Assert.EndsWith("…", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 200, 320);
        Assert.All(line.EnumerateRunes(), rune => Assert.NotEqual(0xFFFD, rune.Value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://post.example.com")]
    public async Task The_deepest_document_that_is_taken_can_be_logged(string? url)
    {
        const int deepest = 64;
        var endpoint = PostHost.Contact with { Schema = null, Limits = new LimitsDeclaration { Depth = deepest } };
        await using var host = await PostHost.StartAsync(new PostroomDeclaration
        {
            Url = url is null ? null : new Uri(url),
            Endpoints = [endpoint],
        });
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", deepest - 1)) + "{}" + new string('}', deepest - 1);
        using var taken = await host.PostJsonAsync(nested);
        using var refused = await host.PostJsonAsync("{\"a\":" + nested + "}");
        Assert.Equal(201, (int)taken.StatusCode);
        Assert.Equal(400, (int)refused.StatusCode);
        await host.Log.ContainsAsync("POST /api/contact 201 stored");
        await host.Log.ContainsAsync("POST /api/contact 400");
    }

    /// <summary>The answer may arrive before the line is written.</summary>
    private static async Task<string> LineAsync(PostHost host)
    {
        await host.Log.ContainsAsync("POST /api/");
        return host.Log.Lines.Single(line => line.StartsWith("POST ", StringComparison.Ordinal));
    }
}
