namespace Postroom.Declarations;

/// <summary>
/// Every limit of an endpoint; those of the whole server are in <see cref="ServerLimitsDeclaration"/>. Each is named in
/// the refusal that it causes, as <c>limits.name</c>.
/// </summary>
public sealed record LimitsDeclaration
{
    private const long UploadDefault = 5_000_000_000;

    /// <summary>Bytes of a body as it comes; 1 MB (1,000,000) unless told, at most 100 MB.</summary>
    public long Body { get; init; } = 1_000_000;

    /// <summary>Bytes of a compressed body once it is decoded; null for as many as <see cref="Body"/>.</summary>
    public long? DecodedBody { get; init; }

    /// <summary>
    /// How many times as large a compressed body may become, judged beyond 64 KiB; 100 unless told, at least 1.
    /// </summary>
    public int Ratio { get; init; } = 100;

    /// <summary>
    /// How long the whole body may keep the server waiting, files and all; 10 minutes unless told, 1 second to 1 day.
    /// Time in which the server is busy with what has come does not count.
    /// </summary>
    public TimeSpan BodyTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Bytes of the body a second below which the wait is given up; null for no bound. 240 unless told.
    /// </summary>
    public int? MinimumRate { get; init; } = 240;

    /// <summary>
    /// How far a body may fall behind <see cref="MinimumRate"/>, and so the longest that it may stand still; 15 seconds
    /// unless told, 1 second to 1 hour.
    /// </summary>
    public TimeSpan MinimumRateGrace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Fields of a form, and members of a document in all; 1000 unless told.</summary>
    public int Fields { get; init; } = 1000;

    /// <summary>Bytes of a field's name; 256 unless told.</summary>
    public int Name { get; init; } = 256;

    /// <summary>Bytes of a field's value; 1 MB unless told.</summary>
    public int Value { get; init; } = 1_000_000;

    /// <summary>Levels of nesting, in names such as <c>a[b][c]</c> and in JSON; 32 unless told, at most 64.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>The largest index in a name such as <c>a[7]</c>; 100 unless told.</summary>
    public int Index { get; init; } = 100;

    /// <summary>Items of a list: rows of CSV, lines of NDJSON, elements of a JSON array; 10,000 unless told.</summary>
    public int Items { get; init; } = 10_000;

    /// <summary>
    /// Bytes of each file; 25 MB of a form and 5 GB of an upload unless told, at most 5 TB.
    /// </summary>
    public long File { get; init; } = 25_000_000;

    /// <summary>Files of a form; 10 unless told, 0 for none.</summary>
    public int Files { get; init; } = 10;

    /// <summary>Parts of a multipart body, fields and files together; 1000 unless told.</summary>
    public int Parts { get; init; } = 1000;

    /// <summary>POSTs a minute for each client; null for no bound. 30 for forms unless told.</summary>
    public int? Rate { get; init; } = 30;

    /// <summary>
    /// Fresh idempotency keys an hour for each anonymous client; null for no bound. 1000 unless told.
    /// </summary>
    public int? Keys { get; init; } = 1000;

    /// <summary>
    /// How long an upload may take from its first request to its last byte; a day unless told, 1 second to 30 days.
    /// </summary>
    public TimeSpan UploadAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Uploads that one caller may have open; null for no bound. 100 unless told.</summary>
    public int? OpenUploads { get; init; } = 100;

    /// <summary>Bytes of all files of one caller at an endpoint for uploads; null, the default, for no bound.</summary>
    public long? CallerBytes { get; init; }

    /// <summary>Bytes of all files at an endpoint for uploads; null, the default, for no bound.</summary>
    public long? EndpointBytes { get; init; }

    /// <summary>
    /// Of files as large as disks, that take as long as they take, other limits count than of messages.
    /// </summary>
    internal LimitsDeclaration ForUploads() => this with
    {
        File = UploadDefault,
        BodyTime = LimitBounds.BodyTimeMost,
        Rate = null,
    };
}
