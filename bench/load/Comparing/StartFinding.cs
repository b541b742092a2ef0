namespace Postroom.Load.Comparing;

/// <summary>A start, and the memory two seconds after the first 201.</summary>
internal sealed record StartFinding(
    string Contestant, int Round, double FirstCreatedMilliseconds, double RestMebibytes);
