namespace Postroom.Plans.Resources;

/// <summary>What becomes of a record when the one that it refers to is deleted.</summary>
internal enum ReferenceDelete
{
    /// <summary>The deletion is refused.</summary>
    Restrict,

    /// <summary>It goes as well.</summary>
    Cascade,

    /// <summary>Its field becomes null.</summary>
    Null,
}
