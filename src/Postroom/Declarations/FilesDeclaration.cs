namespace Postroom.Declarations;

/// <summary>What files an endpoint takes.</summary>
public sealed record FilesDeclaration
{
    /// <summary>
    /// The types that are taken: <c>image/*</c>, <c>application/pdf</c>, <c>.docx</c>. Empty for all except those that
    /// a browser or a system would execute; such a one is taken only when it is named here itself.
    /// </summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>
    /// Pixels that an image may have, width times height; null, the default, for any number. An image whose size
    /// cannot be read is refused where there is a bound.
    /// </summary>
    public long? Pixels { get; init; }

    /// <summary>
    /// The clamd that looks at every file before it counts: <c>tcp://host:3310</c> or
    /// <c>unix:/run/clamav/clamd.ctl</c>; null, the default, for none. While it does not answer, files are refused with
    /// 503.
    /// </summary>
    public string? Scanner { get; init; }
}
