namespace Postroom.Storage;

/// <summary>What became of a refused entry that was run again.</summary>
internal enum SecondRunVerdict
{
    /// <summary>It is stored, and what follows from it runs.</summary>
    Stored,

    /// <summary>The rules about spam hold it now; it can be released.</summary>
    HeldAsSpam,

    /// <summary>It was refused again; the entry shows why.</summary>
    Refused,

    /// <summary>It was no longer held for that reason: somebody else was faster.</summary>
    Late,

    /// <summary>Its endpoint is no longer declared.</summary>
    NoEndpoint,

    /// <summary>It could not be run at this moment; nothing has changed.</summary>
    Failed,
}
