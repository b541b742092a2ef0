using System.Net;
using System.Text;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Execution;

/// <summary>What the commit itself decides, where another node was first: the key was free when it was looked up.</summary>
public sealed class VerdictTests : IDisposable
{
    private static readonly StoredAnswer First = new(201, Encoding.UTF8.GetBytes("""{"message":"first"}"""), "/first.html");

    private readonly StoreKind _kind = new("memory");

    public void Dispose() => _kind.Dispose();

    [Fact]
    public async Task A_duplicate_is_answered_with_the_answer_of_the_first()
    {
        await using var host = await StartAsync(match => new UnitOutcome(UnitVerdict.Duplicate, Match: match));
        using var json = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        using var page = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One), ("Accept", "text/html"));
        Assert.Equal("""{"message":"first"}""", await json.Content.ReadAsStringAsync());
        Assert.Equal("replayed", json.Header("Idempotency-Status"));
        Assert.Equal(HttpStatusCode.SeeOther, page.StatusCode);
        Assert.Equal("/first.html", page.Header("Location"));
    }

    [Fact]
    public async Task A_duplicate_of_a_deleted_entry_is_gone()
    {
        await using var host = await StartAsync(
            match => new UnitOutcome(UnitVerdict.Duplicate, Match: match with { Answer = null, State = EntryState.Deleted }));
        using var response = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal("entry-removed", await response.CodeAsync());
    }

    [Fact]
    public async Task Another_content_is_refused_without_a_word_of_the_first()
    {
        await using var host = await StartAsync(
            match => new UnitOutcome(UnitVerdict.Refused, new KeyFree(default, default, 0), match));
        using var response = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal("idempotency-key-reused", await response.CodeAsync());
        Assert.DoesNotContain("first", await response.Content.ReadAsStringAsync());
    }

    private async Task<PostHost> StartAsync(Func<KeyMatch, UnitOutcome> decide)
    {
        var faults = new FaultInjector(_kind);
        var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [PostHost.Contact] }, store: faults.Choose);
        var now = host.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var match = new KeyMatch(host.Store.Ids.Next(), default, now, now + 1000, EntryState.Stored, First);
        faults.Commit = (_, _) => new ValueTask<UnitOutcome>(decide(match));
        return host;
    }
}
