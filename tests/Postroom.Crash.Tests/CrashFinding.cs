using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>A state that a power loss may leave and that breaks a promise.</summary>
internal sealed record CrashFinding(string Place, IReadOnlyList<Violation> Violations, DiskImage State)
{
    public bool Has(ViolationKind kind) => Violations.Any(violation => violation.Kind == kind);

    public override string ToString() => $"{Place}: {Violations.Count} violations, first: {Violations[0]}";
}
