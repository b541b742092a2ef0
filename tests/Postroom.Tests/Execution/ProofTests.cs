using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;
using Postroom.Tests.Validation;

namespace Postroom.Tests.Execution;

/// <summary>A proof of work is used up by the commit: with code inside it, after a refusal, and when a POST runs again.</summary>
public sealed class ProofTests
{
    private static readonly SpamDeclaration s_spam = ProofOfWorkTests.Endpoint.Spam;

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Of_twenty_messages_at_once_code_runs_to_its_end_for_one(string store)
    {
        using var kind = new StoreKind(store);
        var jobs = 0;
        await using var host = await PostHost.StartNotesAsync(
            form => form.Declare(declaration => declaration with { Spam = s_spam })
                .InTransaction((_, _, _) => default)
                .Afterwards((_, _, _) =>
                {
                    Interlocked.Increment(ref jobs);
                    return default;
                }),
            kind.Choose);
        var proof = await ProofOfWork.ForAsync(host, "/api/note");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => PostAsync(host, $"note {index}", proof)));
        Assert.All(answers, answer => Assert.Equal(201, (int)answer.StatusCode));
        Assert.Single(host.Entries(EntryState.Stored));
        Assert.Equal(19, host.Entries(EntryState.Held).Count(entry => entry.Reason == "proof-replayed"));
        await Patience.UntilAsync(() => Volatile.Read(ref jobs) == 1, "the one job");
    }

    [Fact]
    public async Task A_refusal_of_code_leaves_it_and_a_final_one_uses_it_up()
    {
        await using var host = await PostHost.StartNotesAsync(
            form => form.Declare(declaration => declaration with { Spam = s_spam })
                .InTransaction((note, unit, _) =>
                {
                    if (note.Text == "refuse")
                    {
                        unit.Refuse("Not now.");
                    }
                    else if (note.Text == "never")
                    {
                        unit.RefuseFinally("Never.");
                    }

                    return default;
                }));
        var proof = await ProofOfWork.ForAsync(host, "/api/note");
        using var refused = await PostAsync(host, "refuse", proof);
        using var final = await PostAsync(host, "never", proof, Keys.Header(Keys.One));
        using var late = await PostAsync(host, "hello", proof);
        Assert.Equal(422, (int)refused.StatusCode);
        Assert.Equal(409, (int)final.StatusCode);
        Assert.Equal("proof-replayed", Assert.Single(host.Entries(EntryState.Held)).Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_runs_again_is_judged_at_its_own_time_and_uses_its_proof(bool usedMeanwhile)
    {
        var endpoint = ProofOfWorkTests.Endpoint with { Quarantine = TimeSpan.FromDays(7) };
        await using var host = await PostHost.StartAsync(endpoint);
        var proof = await ProofOfWork.ForAsync(host);
        using var refused = await host.PostJsonAsync($$"""{"name":"Ada","altcha":"{{proof}}"}""");
        await host.EntriesReachAsync(1);
        if (usedMeanwhile)
        {
            using var other = await host.PostJsonAsync(ProofOfWork.Json("Ada", proof));
            Assert.Single(host.Entries(EntryState.Stored));
        }

        Replace(host, endpoint with { Schema = "{}"u8.ToArray() });
        host.Time.Advance(TimeSpan.FromHours(usedMeanwhile ? 3 : 72));
        var verdict = await host.Services.GetRequiredService<IEntryReleases>().RunAgainAsync(Held(host));
        Assert.Equal(usedMeanwhile ? SecondRunVerdict.HeldAsSpam : SecondRunVerdict.Stored, verdict);
    }

    /// <summary>With its body, which a list leaves out.</summary>
    private static Entry Held(PostHost host)
    {
        using var reader = host.Store.Read();
        return reader.FindEntry(host.Entries(EntryState.Held).Single().Id)!;
    }

    private static void Replace(PostHost host, EndpointDeclaration endpoint) =>
        host.Services.GetRequiredService<PlanTable>().Replace(
            [PlanCompiler.Compile(new PostroomDeclaration(), endpoint, null, null, [])!], null);

    private static Task<HttpResponseMessage> PostAsync(
        PostHost host, string text, string proof, params (string Name, string Value)[] headers) =>
        host.PostAsync("/api/note", "application/json", $$"""{"text":"{{text}}","altcha":"{{proof}}"}""", headers);
}
