using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>What a release lets follow: the work after the commit that the entry's endpoint declares now.</summary>
internal sealed class EntryReleases(PlanTable plans, SecondRun secondRun, TimeProvider time) : IEntryReleases
{
    public IReadOnlyList<Write> FollowUps(Entry entry)
    {
        if (plans.Find(entry.Endpoint) is not { } plan)
        {
            return [];
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var writes = new List<Write>();
        if (plan.FollowUp is not null)
        {
            writes.Add(new InsertJob(entry.Id, plan.JobName, now));
        }

        if (plan.Admission?.CountReleased(now) is { } count)
        {
            writes.Add(count);
        }

        return writes;
    }

    public IReadOnlyList<ClaimValue> Claims(Entry entry) =>
        plans.Find(entry.Endpoint)?.Admission?.Claims(entry.Document, entry.Id) ?? [];

    public async ValueTask<SecondRunVerdict> RunAgainAsync(Entry entry) =>
        plans.Find(entry.Endpoint) is { } plan
            ? await secondRun.RunAsync(plan, entry)
            : SecondRunVerdict.NoEndpoint;
}
