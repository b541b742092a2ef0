using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Hosting;

/// <summary>Refused POSTs are kept where it is declared, and run again by the rules of now, once.</summary>
public sealed class QuarantineTests
{
    private const string Refused = """{"name":"Ada"}""";

    private static EndpointDeclaration Kept { get; } = PostHost.Contact with { Quarantine = TimeSpan.FromDays(7) };

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task What_was_refused_is_kept_with_its_body_and_its_answer(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind, Kept);
        using var response = await host.PostJsonAsync(Refused, ("Idempotency-Key", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\""));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var entry = await KeptAsync(host);
        Assert.Equal("refused:validation-failed", entry.Reason);
        Assert.Equal(Refused, Text(entry.Body));
        Assert.Equal("application/json", entry.BodyType);
        Assert.Equal(Refused, Text(entry.Document));
        Assert.Equal(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), Text(entry.Answer!.Body));
        Assert.True(entry.Key.IsEmpty);
    }

    [Fact]
    public async Task What_cannot_be_read_is_kept_without_a_document()
    {
        await using var host = await PostHost.StartAsync(Kept);
        using var response = await host.PostJsonAsync("""{"name":""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var entry = await KeptAsync(host);
        Assert.Equal("refused:malformed-json", entry.Reason);
        Assert.Equal("{}", Text(entry.Document));
    }

    [Fact]
    public async Task Nothing_is_kept_unless_declared_and_not_every_refusal_is()
    {
        await using var host = await PostHost.StartAsync(
            PostHost.Contact, Kept with { Path = "/kept", Limits = new LimitsDeclaration { Body = 100 } });
        using var off = await host.PostJsonAsync(Refused);
        using var large = await host.PostAsync("/kept", "application/json", new string(' ', 200));
        using var unread = await host.PostAsync("/kept", "image/png", "x");
        using var kept = await host.PostAsync("/kept", "application/json", Refused);
        Assert.Equal("refused:validation-failed", (await KeptAsync(host)).Reason);
        Assert.Equal("/kept", Assert.Single(host.Entries()).Endpoint);
    }

    [Fact]
    public async Task The_same_bytes_are_kept_once_within_the_time()
    {
        await using var host = await PostHost.StartAsync(Kept);
        for (var time = 0; time < 3; time++)
        {
            using var again = await host.PostJsonAsync(Refused);
        }

        using var other = await host.PostJsonAsync("""{"name":"Bob"}""");
        await host.EntriesReachAsync(2);
        Assert.Equal(2, host.Entries().Count);
        var releases = host.Services.GetRequiredService<IEntryReleases>();
        Assert.Equal([3, 1], host.Entries().Select(releases.TimesCame));
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task It_ends_with_its_time_and_what_was_stored_stays(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind, Kept);
        using var stored = await host.PostJsonAsync("""{"name":"Ada","email":"ada@example.com"}""");
        using var refused = await host.PostJsonAsync(Refused);
        await KeptAsync(host);
        var quarantine = host.Services.GetRequiredService<Quarantine>();
        var plans = host.Services.GetRequiredService<PlanTable>();
        host.Time.Advance(TimeSpan.FromDays(6));
        await quarantine.ExpireAsync(plans.Plans);
        Assert.Equal(2, host.Entries().Count);
        host.Time.Advance(TimeSpan.FromDays(2));
        await quarantine.ExpireAsync(plans.Plans);

        // The clock wakes the worker too: the one of the two that took it off the shelf may still be deleting.
        await Patience.UntilAsync(() => host.Entries().Count == 1, "the end of the refused one");
        Assert.Equal(EntryState.Stored, host.Entries().Single().State);
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Concurrent_clicks_run_it_once_by_the_changed_rule(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind, Kept);
        using var refused = await host.PostJsonAsync(Refused);
        var held = await KeptAsync(host);
        var releases = host.Services.GetRequiredService<IEntryReleases>();
        Assert.Equal(SecondRunVerdict.Refused, await releases.RunAgainAsync(held));
        Assert.Equal(EntryState.Held, host.Entries().Single().State);

        Mend(host, "{}");
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(async () => await releases.RunAgainAsync(held))));

        Assert.Single(verdicts, verdict => verdict == SecondRunVerdict.Stored);
        Assert.Equal(7, verdicts.Count(verdict => verdict == SecondRunVerdict.Late));
        using var reader = host.Store.Read();
        var entry = reader.FindEntry(held.Id)!;
        Assert.Equal(EntryState.Stored, entry.State);
        Assert.Null(entry.BodyType);
        Assert.Equal(201, entry.Answer!.Status);
        Assert.Equal(held.ReceivedAt, entry.ReceivedAt);
        Assert.Equal(held.Address, entry.Address);
        Assert.Single(host.Entries());
    }

    [Fact]
    public async Task A_second_refusal_shows_the_new_reason()
    {
        await using var host = await PostHost.StartAsync(Kept);
        using var refused = await host.PostJsonAsync(Refused);
        var held = await KeptAsync(host);
        Mend(host, """{"required":["phone"]}""");
        var verdict = await host.Services.GetRequiredService<IEntryReleases>().RunAgainAsync(held);
        Assert.Equal(SecondRunVerdict.Refused, verdict);
        var entry = await KeptAsync(host);
        Assert.Contains("/phone", Text(entry.Answer!.Body), StringComparison.Ordinal);
        Assert.Equal(Refused, Text(entry.Body));
    }

    [Fact]
    public async Task What_follows_from_it_follows_once()
    {
        await using var host = await PostHost.StartNotesAsync(form => form
            .Declare(declaration => declaration with { Quarantine = TimeSpan.FromDays(1), Access = "authenticated" })
            .Afterwards((_, _, _) => ValueTask.CompletedTask));
        using var refused = await host.PostNoteAsync("hello");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var held = await KeptAsync(host);
        Assert.Equal("refused:unauthenticated", held.Reason);
        var releases = host.Services.GetRequiredService<IEntryReleases>();
        Assert.Equal(SecondRunVerdict.Refused, await releases.RunAgainAsync(held));

        Replace(host, declaration => declaration with { Access = "public" });
        Assert.Equal(SecondRunVerdict.Stored, await releases.RunAgainAsync(held));
        Assert.Equal(SecondRunVerdict.Late, await releases.RunAgainAsync(held));
        using var reader = host.Store.Read();
        Assert.Single(reader.ListJobs(held.Id));
    }

    [Fact]
    public async Task What_passes_but_looks_like_spam_is_held_for_that()
    {
        await using var host = await PostHost.StartAsync(Kept);
        using var refused = await host.PostFormAsync("name=Ada&_gotcha=x");
        var held = await KeptAsync(host);
        Mend(host, "{}");
        var verdict = await host.Services.GetRequiredService<IEntryReleases>().RunAgainAsync(held);
        Assert.Equal(SecondRunVerdict.HeldAsSpam, verdict);
        Assert.Equal("honeypot", Assert.Single(host.Entries()).Reason);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_runs_nothing()
    {
        await using var host = await PostHost.StartAsync(Kept);
        using var refused = await host.PostJsonAsync(Refused);
        var held = await KeptAsync(host);
        host.Services.GetRequiredService<PlanTable>().Replace([], null);
        var verdict = await host.Services.GetRequiredService<IEntryReleases>().RunAgainAsync(held);
        Assert.Equal(SecondRunVerdict.NoEndpoint, verdict);
    }

    [Fact]
    public void A_shelf_lets_the_oldest_go_beyond_its_count()
    {
        var ids = Enumerable.Range(1, 5).Select(row => EntryId.FromRow(row, 0)).ToList();
        var shelf = new QuarantineShelf([new KeptBody(ids[0], 1, 10)]);
        for (var number = 1; number < 5; number++)
        {
            Assert.True(shelf.TryAdd(new KeptBody(ids[number], number + 1, 10), Digest(number)));
        }

        Assert.Equal(ids[..2], shelf.TakeOff(3, 1000, before: 0));
        Assert.False(shelf.TryAdd(new KeptBody(ids[4], 9, 10), Digest(4)));
        Assert.Equal([ids[2]], shelf.TakeOff(3, 1000, before: 4));
        Assert.True(shelf.TryAdd(new KeptBody(ids[2], 9, 10), Digest(2)));
    }

    [Fact]
    public void A_shelf_lets_the_oldest_go_beyond_its_bytes_and_counts_what_came_again()
    {
        var ids = Enumerable.Range(1, 4).Select(row => EntryId.FromRow(row, 0)).ToList();
        var shelf = new QuarantineShelf([new KeptBody(ids[0], 1, 50)]);
        Assert.True(shelf.TryAdd(new KeptBody(ids[1], 2, 30), Digest(1)));
        Assert.False(shelf.TryAdd(new KeptBody(ids[2], 3, 30), Digest(1)));
        Assert.False(shelf.TryAdd(new KeptBody(ids[2], 4, 30), Digest(1)));
        Assert.Equal([1, 3, 1], ids[..3].Select(shelf.TimesOf));
        Assert.Empty(shelf.TakeOff(9, 80, before: 0));
        Assert.True(shelf.TryAdd(new KeptBody(ids[2], 5, 70), Digest(2)));
        Assert.Equal([ids[0], ids[1]], shelf.TakeOff(9, 80, before: 0));
        Assert.Equal([ids[2]], shelf.TakeOff(9, 69, before: 0));
        Assert.True(shelf.TryAdd(new KeptBody(ids[3], 6, 30), Digest(1)));
        Assert.Equal(1, shelf.TimesOf(ids[1]));
    }

    private static Fingerprint Digest(int number) =>
        Fingerprint.Read(Enumerable.Repeat((byte)number, Fingerprint.Size).ToArray());

    private static Task<PostHost> StartAsync(StoreKind kind, EndpointDeclaration endpoint) =>
        PostHost.StartAsync(new PostroomDeclaration { Endpoints = [endpoint] }, store: kind.Choose);

    private static async Task<Entry> KeptAsync(PostHost host)
    {
        await Patience.UntilAsync(() => host.Entries(EntryState.Held).Count > 0, "a kept entry");
        using var reader = host.Store.Read();
        return reader.FindEntry(host.Entries(EntryState.Held)[^1].Id)!;
    }

    private static void Mend(PostHost host, string schema) =>
        Replace(host, declaration => declaration with { Schema = Encoding.UTF8.GetBytes(schema) });

    private static void Replace(PostHost host, Func<EndpointDeclaration, EndpointDeclaration> change)
    {
        var plans = host.Services.GetRequiredService<PlanTable>();
        var old = plans.Plans.Single();
        var faults = new List<DeclarationFault>();
        var plan = PlanCompiler.Compile(
            new PostroomDeclaration(), change(old.Declaration), old.Handler, old.FollowUp, faults);
        Assert.Empty(faults);
        plans.Replace([plan!], null);
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
