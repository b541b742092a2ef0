namespace Postroom.Storage.Copying;

/// <summary>What a column holds, whatever the engine calls it.</summary>
internal enum CopyKind
{
    /// <summary>A number of 64 bits.</summary>
    Number,

    /// <summary>A number of 32 bits.</summary>
    Integer,

    /// <summary>0 for no, or 1 for yes.</summary>
    Flag,

    /// <summary>A text, as its UTF-8.</summary>
    Text,

    /// <summary>Bytes, whatever they are.</summary>
    Bytes,

    /// <summary>An id or a hash of 16 bytes.</summary>
    Id,
}
