using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>What a release lets follow: the work after the commit that the entry's endpoint declares now.</summary>
internal sealed class EntryReleases(PlanTable plans, SecondRun secondRun, TimeProvider time) : IEntryReleases
{
    public IReadOnlyList<Write> FollowUps(Entry entry) =>
        plans.Find(entry.Endpoint) is { FollowUp: not null } plan
            ? [new InsertJob(entry.Id, plan.JobName, time.GetUtcNow().ToUnixTimeMilliseconds())]
            : [];

    public async ValueTask<SecondRunVerdict> RunAgainAsync(Entry entry) =>
        plans.Find(entry.Endpoint) is { } plan
            ? await secondRun.RunAsync(plan, entry)
            : SecondRunVerdict.NoEndpoint;
}
