using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Gathers the faults of one load.</summary>
internal sealed class FaultCollector
{
    private const int ShownMax = 100;
    private const int GatheredMax = 1000;

    private readonly HashSet<DeclarationFault> _faults = [];
    private readonly HashSet<(string File, SourcePlace Place)> _decided = [];

    public bool IsEmpty => _faults.Count == 0;

    public void Add(string file, SourcePlace place, string message)
    {
        if (_faults.Count < GatheredMax && !_decided.Contains((file, place)))
        {
            _faults.Add(new(file, place.Line, place.Column, message));
        }
    }

    /// <summary>
    /// A fault of the text or its shape: what is said later of the same place would be a consequence of it.
    /// </summary>
    public void AddDecisive(string file, SourcePlace place, string message)
    {
        Add(file, place, message);
        _decided.Add((file, place));
    }

    /// <summary>The faults in the order of the text, those of <paramref name="file"/> first.</summary>
    public IReadOnlyList<DeclarationFault> InOrder(string file)
    {
        var ordered = _faults
            .OrderBy(fault => fault.File != file)
            .ThenBy(fault => fault.File, StringComparer.Ordinal)
            .ThenBy(fault => fault.Line)
            .ThenBy(fault => fault.Column)
            .ToList();
        return ordered.Count <= ShownMax
            ? ordered
            : [.. ordered.Take(ShownMax), new(file, 0, 0, "There are more faults, which are not shown.")];
    }
}
