namespace Postroom.Crash.Tests.Oracles;

/// <summary>A broken promise.</summary>
internal sealed record Violation(ViolationKind Kind, string Key, string Detail)
{
    public override string ToString() => $"{Kind} {Key}: {Detail}";
}
