namespace Postroom.Postgres.Writing;

/// <summary>What a failure of a statement means for the batch it was part of.</summary>
internal enum FailureKind
{
    /// <summary>Another transaction was in the way; the same batch may pass a moment later.</summary>
    Conflict,

    /// <summary>A row is there already that was not looked for.</summary>
    Collision,

    /// <summary>No space.</summary>
    Full,

    /// <summary>The connection is gone, or the server cannot write at this moment.</summary>
    Lost,

    /// <summary>The server will say so every time.</summary>
    Rejected,
}
