using System.Globalization;
using System.Text;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Hosting;

/// <summary>The object of one POST serves the next: nothing of the one may be seen in the other.</summary>
public sealed class ExchangeReuseTests
{
    private static readonly PostroomDeclaration Anything = new()
    {
        Endpoints = [PostHost.Contact with { Schema = null }],
    };

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Large_and_small_keyed_and_unkeyed_held_and_stored_take_turns(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(Anything, store: kind.Choose);
        for (var round = 0; round < 8; round++)
        {
            var large = new string((char)('a' + round), 60_000);
            using var keyed = await host.PostJsonAsync(
                $$"""{"text":"{{large}}"}""", ("Idempotency-Key", $"key-of-a-large-one-{round}"), ("User-Agent", "large"));
            using var plain = await host.PostFormAsync($"n={round}");
            using var refused = await host.PostJsonAsync("{");
            using var held = await host.PostFormAsync($"spam={round}&_gotcha=x", ("Origin", "http://localhost:5500"));
            using var last = await host.PostJsonAsync($$"""{"last":{{round}}}""", ("User-Agent", "last"));
            Assert.Equal("created", keyed.Header("Idempotency-Status"));
            Assert.Null(plain.Header("Idempotency-Status"));
            Assert.Equal("malformed-json", await refused.CodeAsync());
            Assert.Null(last.Header("Access-Control-Allow-Origin"));
            AssertRound(host.Entries().TakeLast(4).ToList(), round, large);
        }
    }

    [Fact]
    public async Task Of_two_hundred_mixed_POSTs_at_once_those_acknowledged_are_those_stored()
    {
        using var kind = new StoreKind("sqlite");
        await using var host = await PostHost.StartAsync(Anything, store: kind.Choose);
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => PostAsync(host, number)));
        var acknowledged = answers.OfType<(string Id, string Mark)>().ToDictionary(one => one.Id, one => one.Mark);
        var stored = host.Entries().ToDictionary(entry => entry.Id.ToString(), entry => Mark(entry.Document));
        Assert.Equal(acknowledged.OrderBy(one => one.Key), stored.OrderBy(one => one.Key));
        Assert.Equal(150, stored.Count);
    }

    private static void AssertRound(List<Entry> entries, int round, string large)
    {
        var (keyed, plain, held, last) = (entries[0], entries[1], entries[2], entries[3]);
        Assert.Equal($$"""{"text":"{{large}}"}""", Text(keyed));
        Assert.False(keyed.Key.IsEmpty);
        Assert.Equal("large", keyed.Agent);
        Assert.Equal($$"""{"n":"{{round}}"}""", Text(plain));
        Assert.Equal((true, 0L, null, null), (plain.Key.IsEmpty, plain.ExpiresAt, plain.Agent, plain.Reason));
        Assert.Equal(default, plain.Fingerprint);
        Assert.Equal("application/x-www-form-urlencoded", plain.MediaType);
        Assert.Equal((EntryState.Held, "honeypot", "http://localhost:5500"), (held.State, held.Reason, held.Origin));
        Assert.Equal($$"""{"last":{{round}}}""", Text(last));
        Assert.Equal((EntryState.Stored, null, null, "last"), (last.State, last.Reason, last.Origin, last.Agent));
        Assert.Equal("application/json", last.MediaType);
    }

    /// <summary>The id and mark of an acknowledged POST; null for a refused one.</summary>
    private static async Task<(string Id, string Mark)?> PostAsync(PostHost host, int number)
    {
        var mark = number.ToString("D4", CultureInfo.InvariantCulture);
        var padding = new string('x', number % 7 * 3000);
        using var response = await ((number % 4) switch
        {
            0 => host.PostJsonAsync($$"""{"mark":"{{mark}}","padding":"{{padding}}"}"""),
            1 => host.PostFormAsync($"mark={mark}&padding={padding}", ("Idempotency-Key", "a-key-of-its-own-" + mark)),
            2 => host.PostFormAsync($"mark={mark}&_gotcha=x"),
            _ => host.PostJsonAsync($$"""{"mark":"{{mark}}" """),
        });
        return response.Header("Postroom-Entry") is { } id ? (id, mark) : null;
    }

    private static string Mark(ReadOnlyMemory<byte> document)
    {
        using var json = System.Text.Json.JsonDocument.Parse(document);
        return json.RootElement.GetProperty("mark").GetString()!;
    }

    private static string Text(Entry entry) => Encoding.UTF8.GetString(entry.Document.Span);
}
