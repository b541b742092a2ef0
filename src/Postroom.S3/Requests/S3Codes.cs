namespace Postroom.S3.Requests;

/// <summary>The names of refusals that something is done about ("Error responses" of the S3 API).</summary>
internal static class S3Codes
{
    public const string NoSuchKey = "NoSuchKey";
    public const string NoSuchUpload = "NoSuchUpload";
    public const string NoSuchBucket = "NoSuchBucket";
    public const string InvalidRange = "InvalidRange";
    public const string NotImplemented = "NotImplemented";
    public const string TimeTooSkewed = "RequestTimeTooSkewed";

    /// <summary>There is no room: a quota of Ceph, a full disk of MinIO.</summary>
    public static bool IsFull(string code) =>
        code is "QuotaExceeded" or "XMinioStorageFull" or "InsufficientStorage" or "EntityTooLarge";

    /// <summary>Whether the same request may be taken later.</summary>
    public static bool IsPassing(int status, string code) => status is 429 or 500 or 502 or 503 or 504
        || code is "RequestTimeout" or "SlowDown" or "InternalError" or "ServiceUnavailable" or "OperationAborted";
}
