using static Postroom.Faults.RetryAdvice;

namespace Postroom.Faults;

/// <summary>The kinds of refusal that only uploads have.</summary>
public static class UploadKinds
{
    // draft-ietf-httpbis-resumable-upload, "Problem Types".
    private const string Registered = "https://iana.org/assignments/http-problem-types#";

    /// <summary>400</summary>
    public static FaultKind Completed { get; } = new("completed-upload", 400, "The upload is complete", Never,
        "All bytes of this upload are there already, so that nothing can be added.")
    {
        Type = Registered + "completed-upload",
    };

    /// <summary>400</summary>
    public static FaultKind DigestMismatch { get; } = new("digest-mismatch", 400, "The digest does not fit",
        SameRequest, "The bytes that came do not have the digest that `Content-Digest` or `Repr-Digest` names "
        + "(RFC 9530): something on the way changed them. They were not taken.");

    /// <summary>400</summary>
    public static FaultKind InconsistentLength { get; } = new("inconsistent-upload-length", 400,
        "The upload's length contradicts itself", AfterCorrection,
        "`Upload-Length`, `Upload-Complete` with `Content-Length`, and what was said before of the upload's length do "
        + "not agree, or more bytes came than were announced.")
    {
        Type = Registered + "inconsistent-upload-length",
    };

    /// <summary>409</summary>
    public static FaultKind Interrupted { get; } = new("upload-interrupted", 409,
        "A newer request goes on with this upload", SameRequest,
        "Another request for the same upload came meanwhile, and the newest one counts. Ask with HEAD where the upload "
        + "stands, and go on from there.");

    /// <summary>409</summary>
    public static FaultKind OffsetMismatch { get; } = new("mismatching-upload-offset", 409,
        "The upload stands elsewhere", AfterCorrection,
        "`Upload-Offset` is not where the upload stands. `expected-offset` says where it does; go on from there.")
    {
        Type = Registered + "mismatching-upload-offset",
    };

    /// <summary>410</summary>
    public static FaultKind Gone { get; } = new("upload-gone", 410, "The upload has ended", Never,
        "The upload was cancelled, was refused at its end, or took longer than `limits.uploadAge`. Begin a new one.");

    /// <summary>412</summary>
    public static FaultKind VersionUnsupported { get; } = new("tus-version-unsupported", 412,
        "This version of tus is not known", Never,
        "`Tus-Resumable` must be 1.0.0. `Tus-Version` lists the versions that are known.");

    /// <summary>413</summary>
    public static FaultKind ImageTooLarge { get; } = new("image-too-large", 413, "An image has too many pixels",
        AfterCorrection, "An image is larger than the endpoint's `files.pixels`, or its size cannot be read.");

    /// <summary>413</summary>
    public static FaultKind QuotaReached { get; } = new("upload-quota-reached", 413, "There is no room for the file",
        AfterCorrection, "The files of this caller would take more than `limits.callerBytes`, or all files of the "
        + "endpoint more than `limits.endpointBytes`. Delete some, or send a smaller one.");

    /// <summary>416</summary>
    public static FaultKind RangeUnsatisfiable { get; } = new("range-not-satisfiable", 416,
        "The range is not in the file", AfterCorrection,
        "`Range` asks for bytes behind the end of the file. `Content-Range` tells its size.");

    /// <summary>422</summary>
    public static FaultKind Infected { get; } = new("file-infected", 422, "The scanner refuses a file", Never,
        "The virus scanner of the endpoint has found something in a file. It was not stored.");

    /// <summary>429</summary>
    public static FaultKind TooManyOpen { get; } = new("too-many-open-uploads", 429, "Too many uploads are open",
        SameRequest, "This caller has as many uploads open as `limits.openUploads` allows. Finish or cancel some; "
        + "those that nobody goes on with end by themselves after `limits.uploadAge`.");

    /// <summary>460</summary>
    public static FaultKind ChecksumMismatch { get; } = new("checksum-mismatch", 460, "The checksum does not fit",
        SameRequest, "The bytes that came do not have the checksum that `Upload-Checksum` names (tus 1.0.0). They were "
        + "not taken; send them again.");

    /// <summary>503</summary>
    public static FaultKind ScannerUnavailable { get; } = new("scanner-unavailable", 503,
        "The scanner does not answer", SameRequest,
        "Every file is looked at by a virus scanner before it counts, and the scanner does not answer at this moment.");

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<FaultKind> All { get; } =
    [
        Completed, DigestMismatch, InconsistentLength, Interrupted, OffsetMismatch, Gone, VersionUnsupported,
        ImageTooLarge, QuotaReached, RangeUnsatisfiable, Infected, TooManyOpen, ChecksumMismatch, ScannerUnavailable,
    ];
}
