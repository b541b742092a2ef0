namespace Postroom.Storage;

/// <summary>
/// Everything that one POST changes, as data: guards, judged in order before the first write, and writes. It is
/// committed whole or not at all, and a unit that a guard refuses leaves nothing to undo.
/// </summary>
public sealed class PostUnit
{
    /// <summary>At most 65,536 guards.</summary>
    public required IReadOnlyList<Guard> Guards { get; init; }

    /// <summary>At least one write, at most 32,768.</summary>
    public required IReadOnlyList<Write> Writes { get; init; }
}
