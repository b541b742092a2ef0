using Microsoft.Extensions.Logging;

namespace Postroom.Postgres;

/// <summary>What the store says.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information,
        "The store in the schema {Schema} of {Database} on {Host} is open: PostgreSQL {Version}, node {Node}.")]
    public static partial void Opened(
        ILogger logger, string schema, string database, string host, string version, int node);

    [LoggerMessage(2, LogLevel.Error, "A writer met what it does not know; the units on their way end as unknown.")]
    public static partial void WriterFailed(ILogger logger, Exception failure);

    [LoggerMessage(3, LogLevel.Debug, "A batch of {Count} units is split and run again: {Reason}")]
    public static partial void BatchSplit(ILogger logger, int count, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The connection was lost in a commit. Its end is looked up.")]
    public static partial void EndLost(ILogger logger, Exception failure);

    [LoggerMessage(5, LogLevel.Error,
        "Nobody could say in time whether a commit of {Count} units happened. Their callers are told so; a repeat with "
        + "the same key tells them.")]
    public static partial void EndUnknown(ILogger logger, int count);

    [LoggerMessage(6, LogLevel.Error,
        "The server committed {Count} units without waiting for its standby. Their callers are told that the end is "
        + "unknown.")]
    public static partial void StandbyMissed(ILogger logger, int count);

    [LoggerMessage(7, LogLevel.Warning, "{Finding}")]
    public static partial void Finding(ILogger logger, string finding);

    [LoggerMessage(8, LogLevel.Warning, "This node's sign of life could not be written. It is tried again.")]
    public static partial void SignFailed(ILogger logger, Exception failure);

    [LoggerMessage(9, LogLevel.Debug,
        "Something in a batch of {Count} units is less new than it seemed; it goes step by step: {Reason}")]
    public static partial void NotNew(ILogger logger, int count, string reason);

    [LoggerMessage(10, LogLevel.Warning,
        "{Count} connections held rows and sent nothing for {Seconds} s; they were ended. A node stands still.")]
    public static partial void SleepersEnded(ILogger logger, int count, long seconds);

    [LoggerMessage(14, LogLevel.Warning, "Whether a node stands still and holds rows could not be asked.")]
    public static partial void SleepersNotEnded(ILogger logger, Exception failure);

    [LoggerMessage(11, LogLevel.Information,
        "A pooler stands before the database: nothing is prepared unless Max Auto Prepare says so, and jobs of other "
        + "nodes are found by looking every two seconds, since LISTEN does not reach through it.")]
    public static partial void BehindPooler(ILogger logger);

    [LoggerMessage(12, LogLevel.Warning,
        "The connection that hears of other nodes' jobs was lost; it is opened again. Until then they are looked for.")]
    public static partial void ListenerLost(ILogger logger, Exception failure);

    [LoggerMessage(13, LogLevel.Debug, "The other nodes could not be told of jobs; they find them when they look.")]
    public static partial void NoticeFailed(ILogger logger, Exception failure);
}
