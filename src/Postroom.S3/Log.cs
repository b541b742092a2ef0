using Microsoft.Extensions.Logging;

namespace Postroom.S3;

/// <summary>What the store says.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Files are kept in the bucket {Bucket}.")]
    public static partial void Opened(ILogger logger, string bucket);

    [LoggerMessage(2, LogLevel.Debug, "{Method} of {Key} is tried again: {Reason}")]
    public static partial void TriedAgain(ILogger logger, string method, string key, string reason);

    [LoggerMessage(3, LogLevel.Information,
        "The object store does not copy parts by itself: what comes in pieces is joined through this process.")]
    public static partial void CopiesByHand(ILogger logger);

    [LoggerMessage(4, LogLevel.Information,
        "The object store does not list multipart uploads: let a lifecycle rule end those that were left.")]
    public static partial void CannotListMultiparts(ILogger logger);

    [LoggerMessage(5, LogLevel.Warning,
        "An unfinished multipart upload of {Key} could not be ended; it is swept later.")]
    public static partial void NotAborted(ILogger logger, string key, Exception failure);
}
