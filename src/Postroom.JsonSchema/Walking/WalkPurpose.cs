namespace Postroom.JsonSchema.Walking;

/// <summary>What a walk is asked for; each purpose gives what those before it give.</summary>
internal enum WalkPurpose
{
    /// <summary>Only whether the value fits: the walk stops at the first fault.</summary>
    Verdict,

    /// <summary>How far the value is from fitting.</summary>
    Score,

    /// <summary>Every fault.</summary>
    Faults,
}
