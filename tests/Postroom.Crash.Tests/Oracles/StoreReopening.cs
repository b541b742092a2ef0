using Postroom.Crash.Host;
using Postroom.Storage;

namespace Postroom.Crash.Tests.Oracles;

/// <summary>Opens a store with the product's own code, as a restart does, and sends everything again.</summary>
internal static class StoreReopening
{
    /// <summary>
    /// Every key again, twice: what was acknowledged gives the same answer, and whatever the first retry gives the
    /// second gives too.
    /// </summary>
    public static async Task<List<Violation>> Check(string folder, PostHistory history, long crashed)
    {
        var violations = new List<Violation>();
        await using var store = await OpenStore.At(folder, null);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var first = await CommitAll(store, history, now);
        var second = await CommitAll(store, history, now);
        foreach (var (key, (verdict, body)) in first)
        {
            var known = history.Acknowledged.GetValueOrDefault(key);
            var acknowledged = known?.Moment < crashed ? known : null;
            if (acknowledged is not null && verdict != UnitVerdict.Duplicate)
            {
                violations.Add(new Violation(ViolationKind.Lost, key, $"a retry ended as {verdict}"));
            }
            else if (acknowledged?.Body is { } answer && !answer.AsSpan().SequenceEqual(body))
            {
                violations.Add(new Violation(ViolationKind.AnswerChanged, key, "the first retry has another answer"));
            }

            if (second[key].Verdict != UnitVerdict.Duplicate || !second[key].Body.AsSpan().SequenceEqual(body))
            {
                var detail = $"the second retry ended as {second[key].Verdict}";
                violations.Add(new Violation(ViolationKind.Doubled, key, detail));
            }
        }

        return violations;
    }

    private static async Task<Dictionary<string, (UnitVerdict Verdict, byte[] Body)>> CommitAll(
        IPostStore store, PostHistory history, long now)
    {
        var ends = await Task.WhenAll(history.Sent.Keys.Select(async key =>
        {
            var unit = StoreUnits.Make(store, key, now);
            var outcome = await store.CommitAsync(unit);
            var answer = outcome.Match?.Answer ?? StoreUnits.AnswerOf(unit);
            return (Key: key, outcome.Verdict, Body: answer.Body.ToArray());
        }));
        return ends.ToDictionary(end => end.Key, end => (end.Verdict, end.Body));
    }
}
