namespace Postroom.Crash.Tests.Oracles;

internal enum ViolationKind
{
    /// <summary>The store did not open, or its file is damaged.</summary>
    Unusable,

    /// <summary>Acknowledged and not there.</summary>
    Lost,

    /// <summary>There more than once.</summary>
    Doubled,

    /// <summary>A retry gets another answer than the first call got.</summary>
    AnswerChanged,

    /// <summary>An entry without its job, or a job without its entry.</summary>
    TornUnit,

    /// <summary>An entry names a file that is not there, or not as it was sent.</summary>
    FileLost,

    /// <summary>There although nobody had sent it by then.</summary>
    FromNowhere,
}
