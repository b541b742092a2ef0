namespace Postroom.Crash.Tests.States;

/// <summary>What a disk may hold after the power went: each kind is one legal choice among many.</summary>
internal enum PowerLossKind
{
    /// <summary>Only what an fsync covered, of data and of names.</summary>
    OnlySynced,

    /// <summary>Data as above; names that no fsync of their folder covers came through, as on most systems.</summary>
    NamesSurvive,

    /// <summary>Any subset of later writes by blocks, in any order; any prefix of a folder's later names.</summary>
    RandomSubset,

    /// <summary>Everything up to a write, of which only the first sectors arrived.</summary>
    TornLast,

    /// <summary>Everything that was asked for: what a killed process leaves behind.</summary>
    EverythingArrived,
}
