namespace Postroom.Parsing;

/// <summary>What stands behind a boundary.</summary>
internal enum MultipartBoundaryEnd
{
    /// <summary>The end of the line: a part begins.</summary>
    Part,

    /// <summary>Two dashes: the last part is over.</summary>
    Closing,

    /// <summary>Too little to tell.</summary>
    CutOff,

    /// <summary>Something that may not stand there.</summary>
    Malformed,
}
