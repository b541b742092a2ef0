using Postroom.Storage;

namespace Postroom.Plans;

/// <summary>What one entry adds to its unit for the sake of its endpoint's <see cref="Admission"/>.</summary>
internal sealed record AdmissionTerms(IReadOnlyList<Guard> Guards, IReadOnlyList<Write> Writes)
{
    public static AdmissionTerms None { get; } = new([], []);
}
