namespace Postroom.Load.Comparing;

/// <summary>A closed-loop stretch on the small or the large store.</summary>
internal sealed record GrowthFinding(
    string Store, long Entries, int Round, double FirstCreatedMilliseconds, Stretch Stretch);
