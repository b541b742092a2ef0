namespace Postroom.Sqlite.Verifying;

/// <summary>
/// Collects findings, a few places of each kind, so that a wrecked store gives a page and not a gigabyte.
/// </summary>
internal sealed class FindingList
{
    private const int PlacesMax = 10;

    private readonly Dictionary<FindingKind, (long Count, List<string> Where)> _found = [];

    public void Add(FindingKind kind, string where)
    {
        var (count, places) = _found.GetValueOrDefault(kind, (0, []));
        if (places.Count < PlacesMax)
        {
            places.Add(where);
        }

        _found[kind] = (count + 1, places);
    }

    public IReadOnlyList<Finding> ToFindings() =>
    [
        .. _found.Select(found => new Finding(
            found.Key.Code, found.Value.Count, found.Key.What, found.Key.Advice, found.Value.Where))
    ];
}
