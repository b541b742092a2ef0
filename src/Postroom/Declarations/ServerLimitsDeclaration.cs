namespace Postroom.Declarations;

/// <summary>
/// The limits of the whole server: what counts before an endpoint is known, and what all endpoints share. Read at the
/// start. Those of connections and headers need <c>UsePostroomKestrel()</c>.
/// </summary>
public sealed record ServerLimitsDeclaration
{
    /// <summary>
    /// Connections that may be open at once; further ones are closed at once. 16,000 unless told, and never so many
    /// that files could not be opened any more.
    /// </summary>
    public int Connections { get; init; } = 16_000;

    /// <summary>How long a connection may stand open between requests; 130 seconds unless told.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>Within what time the request line and headers must come; 15 seconds unless told.</summary>
    public TimeSpan HeaderTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes of the request line; 8 KiB unless told, at most 64 KB.</summary>
    public int RequestLine { get; init; } = 8 * 1024;

    /// <summary>Lines of the header; 100 unless told.</summary>
    public int Headers { get; init; } = 100;

    /// <summary>Bytes of the header; 32 KiB unless told, at most 512 KB.</summary>
    public int HeaderBytes { get; init; } = 32 * 1024;

    /// <summary>
    /// Bytes of bodies that may be in memory at once, the first 16 KiB of each and all files not counted; 256 MiB
    /// unless told.
    /// </summary>
    public long BodyMemory { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// Bytes that uploads leave free on the disk of the files; 1 GB unless told. Where nobody can say what is free, as
    /// with an object store, it does not count.
    /// </summary>
    public long DiskReserve { get; init; } = 1_000_000_000;

    /// <summary>Units that may wait for the store; 8192 unless told.</summary>
    public int Queue { get; init; } = 8192;

    /// <summary>
    /// Bytes of documents and answers that may wait for the store; 256 MiB unless told. One unit alone always fits.
    /// </summary>
    public long QueueBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Streams of changes that may be open at once; 1,000 unless told.</summary>
    public int Streams { get; init; } = 1000;

    /// <summary>
    /// Streams of changes that one client may have open, which is whoever is signed in, or else an address; 100 unless
    /// told.
    /// </summary>
    public int StreamsPerClient { get; init; } = 100;
}
