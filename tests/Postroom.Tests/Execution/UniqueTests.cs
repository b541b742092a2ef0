using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Execution;

/// <summary>One per person: values that no two stored entries share.</summary>
public sealed class UniqueTests
{
    private static readonly EndpointDeclaration Once = PostHost.Contact with
    {
        Unique = [new([new("/email")])],
        Idempotency = new() { SameContent = TimeSpan.Zero },
        Limits = new() { Rate = null },
    };

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Of_a_hundred_equal_POSTs_at_once_one_is_taken(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [Once] }, store: kind.Choose);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            number => host.PostJsonAsync(Ada(), ("Idempotency-Key", $"0123456789abcdef-{number:000}"))));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(99, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(host.Entries());
    }

    [Fact]
    public async Task A_duplicate_names_its_field_and_tells_nothing_of_the_other()
    {
        await using var host = await PostHost.StartAsync(Once);
        using var first = await host.PostJsonAsync("""{"name":"Secret","email":"ada@example.com"}""");
        using var second = await host.PostJsonAsync(Ada());
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var json = await second.JsonAsync();
        Assert.Equal("duplicate", json.GetProperty("code").GetString());
        var error = Assert.Single(json.GetProperty("errors").EnumerateArray());
        Assert.Equal("/email", error.GetProperty("pointer").GetString());
        Assert.Equal("duplicate", error.GetProperty("code").GetString());
        var text = await second.Content.ReadAsStringAsync();
        Assert.DoesNotContain("Secret", text);
        Assert.DoesNotContain(host.Entries()[0].Id.ToString(), text);
    }

    [Fact]
    public async Task A_repeat_gets_its_answer_and_the_corrected_retry_keeps_its_key()
    {
        await using var host = await PostHost.StartAsync(Once);
        (string, string) key = ("Idempotency-Key", "0123456789abcdef0123");
        using var first = await host.PostJsonAsync(Ada(), key);
        using var repeat = await host.PostJsonAsync(Ada(), key);
        Assert.Equal("replayed", repeat.Header("Idempotency-Status"));
        (string, string) other = ("Idempotency-Key", "0123456789abcdef4567");
        using var refused = await host.PostJsonAsync(Ada(), other);
        using var corrected = await host.PostJsonAsync(Ada("bob@example.com"), other);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Created, corrected.StatusCode);
    }

    [Theory]
    [InlineData("ADA@Example.com", null, 409)]
    [InlineData(" ada@example.com ", null, 409)]
    [InlineData("ADA@Example.com", false, 201)]
    [InlineData("ada@example.org", true, 201)]
    public async Task Addresses_fold_case_unless_told(string second, bool? ignoreCase, int status)
    {
        var schema = """{"type":"object","properties":{"email":{"type":"string","format":"email"}}}""";
        await using var host = await PostHost.StartAsync(Once with
        {
            // Without the assertion of the format a space would not get as far.
            Schema = System.Text.Encoding.UTF8.GetBytes(second.Contains(' ') ? "{}" : schema),
            Unique = [new([new("/email", ignoreCase)])],
        });
        using var first = await host.PostJsonAsync(Ada());
        using var other = await host.PostJsonAsync(Ada(second));
        Assert.Equal(status, (int)other.StatusCode);
    }

    [Theory]
    [InlineData("""{"a":18}""", """{"a":"18"}""", 409)]
    [InlineData("""{"a":1.0}""", """{"a":1e0}""", 409)]
    [InlineData("""{"a":123456789012345678901234567890123}""", """{"a":123456789012345678901234567890124}""", 201)]
    [InlineData("""{"a":true}""", """{"a":true}""", 409)]
    [InlineData("""{"a":"\ud83d\ude00"}""", """{"a":"😀"}""", 409)]
    [InlineData("""{"a":"A"}""", """{"a":"a"}""", 201)]
    [InlineData("""{"a":""}""", """{"a":" "}""", 201)]
    [InlineData("""{"b":1}""", """{"b":1}""", 201)]
    [InlineData("""{"a":null}""", """{"a":null}""", 201)]
    [InlineData("""{"a":["x"]}""", """{"a":["x"]}""", 201)]
    public async Task Values_are_compared_as_a_form_writes_them(string first, string second, int status)
    {
        await using var host = await PostHost.StartAsync(Once with { Schema = null, Unique = [new([new("/a")])] });
        using var one = await host.PostJsonAsync(first);
        using var two = await host.PostJsonAsync(second);
        Assert.Equal((201, status), ((int)one.StatusCode, (int)two.StatusCode));
    }

    [Fact]
    public async Task A_text_that_is_no_text_is_no_fault_of_ours()
    {
        await using var host = await PostHost.StartAsync(Once with { Schema = null, Unique = [new([new("/a")])] });
        using var answer = await host.PostJsonAsync("""{"a":"\ud800"}""");
        Assert.True((int)answer.StatusCode < 500);
    }

    [Fact]
    public async Task A_combination_counts_as_a_whole()
    {
        await using var host = await PostHost.StartAsync(
            Once with { Schema = null, Unique = [new([new("/event"), new("/who/a~1b")])] });
        var codes = new List<int>();
        foreach (var (on, who) in ((string, string)[])[("a", "bc"), ("ab", "c"), ("a", "d"), ("a", "bc")])
        {
            codes.Add((int)await StatusAsync(host, $$"""{"event":"{{on}}","who":{"a/b":"{{who}}"} }"""));
        }

        Assert.Equal([201, 201, 201, 409], codes);
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(host, """{"event":"a"}"""));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(host, """{"event":"a"}"""));
    }

    [Fact]
    public async Task What_is_held_claims_nothing_and_a_release_does()
    {
        await using var host = await PostHost.StartAsync(Once);
        using var spam = await host.PostJsonAsync("""{"name":"Eve","email":"ada@example.com","_gotcha":"x"}""");
        var held = Assert.Single(host.Entries(EntryState.Held));
        using var first = await host.PostJsonAsync(Ada());
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var releases = host.Services.GetRequiredService<IEntryReleases>();
        var outcome = await releases.ReleaseAsync(held, hasFollowed: false);
        Assert.IsType<ValueFree>(outcome.Unit!.Guard);
        Assert.Equal(EntryState.Held, host.Entries()[0].State);
        await host.Store.CommitAsync(new PostUnit { Guards = [], Writes = [new DeleteEntry(host.Entries(EntryState.Stored)[0].Id, true)] });
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(host, Ada("ADA@example.com")));
    }

    [Fact]
    public async Task A_browser_gets_its_form_back_with_the_field_marked()
    {
        await using var host = await PostHost.StartAsync(Once);
        using var first = await host.PostFormAsync("name=Ada&email=ada%40example.com");
        using var second = await host.PostFormAsync("name=Bob&email=ada%40example.com", ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var page = await second.Content.ReadAsStringAsync();
        Assert.Contains("<form", page);
        Assert.Contains("has been received before", page);
    }

    private static string Ada(string email = "ada@example.com") => $$"""{"name":"Ada","email":"{{email}}"}""";

    private static async Task<HttpStatusCode> StatusAsync(PostHost host, string json)
    {
        using var answer = await host.PostJsonAsync(json);
        return answer.StatusCode;
    }
}
