using Postroom.Faults;

namespace Postroom.Storage;

/// <summary>What became of a release.</summary>
/// <param name="Unit">How its unit ended; null when there was none, since the endpoint's code objected.</param>
/// <param name="Objection">Why the endpoint's code did not let it pass; null when it did.</param>
internal sealed record ReleaseOutcome(UnitOutcome? Unit, Fault? Objection = null);
