using System.Collections.Concurrent;

namespace Postroom.Bench.Attacks;

/// <summary>How often the attacker got which answer.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public void Add(string answer) => _counts.AddOrUpdate(answer, 1, (_, count) => count + 1);

    public override string ToString() =>
        string.Join(", ", _counts.OrderByDescending(each => each.Value).Select(each => $"{each.Value:N0} × {each.Key}"));
}
