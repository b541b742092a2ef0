namespace Postroom.Bench.Schema;

/// <summary>Something that is measured on every contest.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Measure">Gives nanoseconds of processor time for one document; below zero where the verdict is wrong.
/// The second argument is how often.</param>
internal sealed record Contestant(string Name, Func<Contest, int, double> Measure)
{
    /// <summary>Bytes that one document allocates; null where nobody can tell.</summary>
    public Func<Contest, int, long>? Allocates { get; init; }
}
