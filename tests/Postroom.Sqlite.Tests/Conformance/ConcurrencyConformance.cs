using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>What holds when many come at once.</summary>
public abstract class ConcurrencyConformance : PostStoreConformance
{
    private const int Callers = 64;

    [Fact]
    public async Task Of_many_callers_with_the_same_key_one_is_committed_and_the_others_get_its_answer()
    {
        const int Keys = 40;
        var outcomes = await TogetherAsync(async caller =>
        {
            var mine = new UnitOutcome[Keys];
            for (var key = 0; key < Keys; key++)
            {
                mine[key] = await Store.CommitAsync(Sample.Keyed(NewEntry($"key{key}"), Now));
            }

            return mine;
        });

        for (var key = 0; key < Keys; key++)
        {
            var ofKey = outcomes.Select(mine => mine[key]).ToList();
            Assert.Single(ofKey, outcome => outcome.Verdict == UnitVerdict.Committed);
            Assert.Equal(Callers - 1, ofKey.Count(outcome => outcome.Verdict == UnitVerdict.Duplicate));
            var first = Store.FindKey(Sample.Key($"key{key}"), Now)!.Id;
            Assert.All(ofKey.Where(o => o.Match is not null), outcome => Assert.Equal(first, outcome.Match!.Id));
        }

        Assert.Equal(Keys, List(new EntryQuery { Limit = 1000 }).Entries.Count);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_for_the_next_who_looks()
    {
        var missing = await TogetherAsync(async caller =>
        {
            var lost = 0;
            for (var i = 0; i < 20; i++)
            {
                var entry = NewEntry($"{caller}/{i}");
                var outcome = await Store.CommitAsync(Sample.Keyed(entry, Now));
                if (outcome.Verdict != UnitVerdict.Committed || Find(entry.Id) is null
                    || Store.FindKey(entry.Key, Now)?.Id != entry.Id)
                {
                    lost++;
                }
            }

            return lost;
        });

        Assert.All(missing, lost => Assert.Equal(0, lost));
        using var reader = Store.Read();
        Assert.Equal(Callers * 20, Assert.Single(reader.CountEntries()).Count);
    }

    [Fact]
    public async Task A_job_is_leased_to_one_worker_at_a_time()
    {
        var entry = Store.Ids.Next();
        for (var i = 0; i < 100; i++)
        {
            await CommitAsync(new InsertJob(entry, "mail", Now));
        }

        var claimed = await TogetherAsync(async caller =>
        {
            var mine = new List<long>();
            while (await Store.ClaimJobsAsync(Now, Now + 60_000, 3) is { Count: > 0 } jobs)
            {
                mine.AddRange(jobs.Select(job => job.Number));
            }

            return mine;
        });

        Assert.Equal(100, claimed.Sum(mine => mine.Count));
        Assert.Equal(100, claimed.SelectMany(mine => mine).Distinct().Count());
    }

    [Fact]
    public async Task Ids_are_unique_and_rise()
    {
        var ids = await TogetherAsync(
            caller => Task.FromResult(Enumerable.Range(0, 500).Select(_ => Store.Ids.Next()).ToList()));

        Assert.All(ids, mine => Assert.Equal(mine.Order(), mine));
        Assert.Equal(Callers * 500, ids.SelectMany(mine => mine).Select(id => id.Row).Distinct().Count());
    }

    private static async Task<T[]> TogetherAsync<T>(Func<int, Task<T>> run)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var callers = Enumerable.Range(0, Callers).Select(async caller =>
        {
            await gate.Task;
            return await run(caller);
        }).ToList();
        gate.SetResult();
        return await Task.WhenAll(callers);
    }
}
