using Postroom.Crash.Tests.Oracles;

namespace Postroom.Crash.Tests.Posting;

/// <summary>Sends again what was sent, and compares: the client's half of the oracle.</summary>
internal static class Retries
{
    private const int Connections = 16;

    /// <summary>
    /// Every key once more, with the body it had. What was acknowledged must be replayed byte for byte; the rest must
    /// be accepted, now or as a replay of what nobody heard the answer of.
    /// </summary>
    public static async Task<List<Violation>> Check(
        PostClient client, PostHistory history, IReadOnlyCollection<string> keys)
    {
        var violations = new List<Violation>();
        foreach (var batch in keys.Chunk(Connections))
        {
            var found = await Task.WhenAll(batch.Select(key => Check(client, history, key)));
            violations.AddRange(found.OfType<Violation>());
        }

        return violations;
    }

    private static async Task<Violation?> Check(PostClient client, PostHistory history, string key)
    {
        var acknowledged = history.Acknowledged.GetValueOrDefault(key);
        var reply = await client.PostAsync(key);
        if (acknowledged is null)
        {
            var detail = $"not accepted at the retry: {reply.Status} {reply.Text}";
            return reply.IsAcknowledged ? null : new Violation(ViolationKind.Unusable, key, detail);
        }

        if (reply.KeyStatus != "replayed")
        {
            var detail = $"acknowledged, and not replayed: {reply.Status} {reply.KeyStatus}";
            return new Violation(ViolationKind.Lost, key, detail);
        }

        return reply.Status == acknowledged.Status && reply.Body.AsSpan().SequenceEqual(acknowledged.Body)
            ? null
            : new Violation(ViolationKind.AnswerChanged, key, $"{reply.Status} {reply.Text}");
    }
}
