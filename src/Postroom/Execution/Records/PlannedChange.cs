using Postroom.Plans;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Execution.Records;

/// <summary>A change of one record as parts of a unit.</summary>
/// <param name="Plan">The resource.</param>
/// <param name="Before">The record as it was; null for one that is created.</param>
/// <param name="After">The record as it will be; null for one that is deleted.</param>
/// <param name="Guards">What must hold for it.</param>
/// <param name="Writes">What it writes.</param>
internal sealed record PlannedChange(
    EndpointPlan Plan, Record? Before, Record? After, IReadOnlyList<Guard> Guards, IReadOnlyList<Write> Writes)
{
    /// <summary>The record that it is about.</summary>
    public EntryId Id => (After ?? Before)!.Id;

    /// <summary>201, 200 or 204.</summary>
    public int Status => After is null ? 204 : Before is null ? 201 : 200;
}
