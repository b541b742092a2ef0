using Postroom.Parsing.Uploads;

namespace Postroom.Endpoints.Uploads;

/// <summary>What a request says that begins an upload.</summary>
internal sealed record UploadStart
{
    /// <summary>Bytes of the whole file; null when it does not say.</summary>
    public long? Length { get; init; }

    /// <summary>The file's name, cleaned.</summary>
    public required string Name { get; init; }

    /// <summary>The media type that it is said to have; null for none.</summary>
    public string? Declared { get; init; }

    /// <summary>What stands beside the file.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Texts { get; init; } = [];

    /// <summary>`Upload-Metadata` as it came, to be told again; null for none.</summary>
    public string? Echo { get; init; }

    /// <summary>The digest of the whole file; null for none.</summary>
    public ExpectedDigest? Digest { get; init; }

    /// <summary>The first bytes, which come with it; null when none do.</summary>
    public UploadPiece? First { get; init; }
}
