namespace Postroom.Crash.Tests.Oracles;

/// <summary>
/// Acknowledged before the crash: there exactly once, with the answer that the client read. Everything else that was
/// sent: there once or not at all. Nothing more.
/// </summary>
internal static class DurabilityOracle
{
    /// <param name="history">What the clients saw.</param>
    /// <param name="crashed">The moment of the crash; <see cref="long.MaxValue"/> when it came last.</param>
    /// <param name="stored">What the reopened store holds.</param>
    public static List<Violation> Check(PostHistory history, long crashed, IReadOnlyCollection<StoredEntry> stored)
    {
        var violations = new List<Violation>();
        var byKey = stored.ToLookup(entry => entry.Key);
        foreach (var (key, acknowledgement) in history.Acknowledged)
        {
            if (acknowledgement.Moment < crashed && !byKey.Contains(key))
            {
                violations.Add(new Violation(ViolationKind.Lost, key, $"acknowledged at {acknowledgement.Moment}"));
            }
        }
        foreach (var entries in byKey)
        {
            CheckStored(history, crashed, entries, violations);
        }

        return violations;
    }

    private static void CheckStored(
        PostHistory history, long crashed, IGrouping<string, StoredEntry> entries, List<Violation> violations)
    {
        var key = entries.Key;
        if (entries.Count() > 1)
        {
            violations.Add(new Violation(ViolationKind.Doubled, key, $"stored {entries.Count()} times"));
        }

        if (!history.Sent.TryGetValue(key, out var sent) || sent >= crashed)
        {
            violations.Add(new Violation(ViolationKind.FromNowhere, key, "stored before anyone sent it"));
        }

        if (!history.Acknowledged.TryGetValue(key, out var acknowledgement))
        {
            return;
        }

        var entry = entries.First();
        var same = acknowledgement.Body is null || acknowledgement.Body.AsSpan().SequenceEqual(entry.Body);
        if (acknowledgement.Status != entry.Status || !same)
        {
            var change = $"{acknowledgement.Status} became {entry.Status}";
            violations.Add(new Violation(ViolationKind.AnswerChanged, key, change));
        }
    }
}
