using Postroom.Execution;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>Releases and second runs, by what the entry's endpoint declares now.</summary>
internal sealed class EntryReleases(PlanTable plans, ReleaseRun release, SecondRun secondRun, Quarantine quarantine)
    : IEntryReleases
{
    public ValueTask<ReleaseOutcome> ReleaseAsync(Entry entry, bool hasFollowed) =>
        release.RunAsync(plans.Find(entry.Endpoint), entry, hasFollowed);

    public long TimesCame(Entry entry) => quarantine.TimesOf(entry);

    public async ValueTask<SecondRunVerdict> RunAgainAsync(Entry entry) =>
        plans.Find(entry.Endpoint) is { } plan
            ? await secondRun.RunAsync(plan, entry)
            : SecondRunVerdict.NoEndpoint;
}
