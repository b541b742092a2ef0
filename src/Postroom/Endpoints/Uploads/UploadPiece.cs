using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Parsing.Uploads;

namespace Postroom.Endpoints.Uploads;

/// <summary>What a request says that adds bytes to an upload.</summary>
internal sealed record UploadPiece
{
    /// <summary>Where they belong.</summary>
    public required long Offset { get; init; }

    /// <summary>Bytes of the whole file, as far as is known with this request.</summary>
    public long? Length { get; init; }

    /// <summary>
    /// Whether the upload ends with it, where the protocol says so; null where it ends with the last byte.
    /// </summary>
    public bool? Completes { get; init; }

    /// <summary>The digest of these bytes; null for none.</summary>
    public ExpectedDigest? Digest { get; init; }

    /// <summary>The trailer with a checksum that follows the bytes; null for none.</summary>
    public string? ChecksumTrailer { get; init; }

    /// <summary>What is said of bytes that have another digest.</summary>
    public Fault Mismatch { get; init; } = UploadFaults.DigestMismatch;

    /// <summary>Whether nothing of it counts before all of it has come.</summary>
    public bool IsWhole => Digest is not null || ChecksumTrailer is not null;

    /// <summary>True when the upload is complete with so many bytes.</summary>
    public bool IsEnd(long size) => Completes ?? size == Length;
}
