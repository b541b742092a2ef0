using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Gathers the faults of one load.</summary>
internal sealed class FaultCollector
{
    private const int FaultsMax = 100;

    private readonly List<DeclarationFault> _faults = [];
    private readonly HashSet<(string File, SourcePlace Place)> _unreadable = [];

    public bool IsEmpty => _faults.Count == 0;

    public void Add(string file, SourcePlace place, string message)
    {
        var fault = new DeclarationFault(file, place.Line, place.Column, message);
        if (!_unreadable.Contains((file, place)) && !_faults.Contains(fault))
            _faults.Add(fault);
    }

    /// <summary>A fault of the text itself: what is said later of the same place would be a consequence of it.</summary>
    public void AddUnreadable(string file, TextFault fault)
    {
        Add(file, fault.Place, fault.Message);
        _unreadable.Add((file, fault.Place));
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
        if (ordered.Count <= FaultsMax)
            return ordered;
        var more = new DeclarationFault(file, 0, 0, $"{ordered.Count - FaultsMax} more faults are not shown.");
        return [.. ordered.Take(FaultsMax), more];
    }
}
