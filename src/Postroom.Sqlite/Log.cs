using Microsoft.Extensions.Logging;

namespace Postroom.Sqlite;

/// <summary>What the store says.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The store in {Folder} is open: SQLite {Version}, {Keys} keys in memory.")]
    public static partial void Opened(ILogger logger, string folder, string version, long keys);

    [LoggerMessage(2, LogLevel.Critical,
        "The disk failed in a commit. Nobody knows what it holds, so nothing more is accepted: check the disk, then "
        + "start again.")]
    public static partial void Poisoned(ILogger logger, Exception failure);

    [LoggerMessage(3, LogLevel.Warning,
        "The log of the database has grown to {Bytes} bytes, of which {Copied} are in the database: a reader keeps it "
        + "from starting again.")]
    public static partial void LogIsLarge(ILogger logger, long bytes, long copied);

    [LoggerMessage(4, LogLevel.Debug,
        "SQLite {Version} can lose commits when two connections write and checkpoint at once (fixed in 3.51.3). This "
        + "store has one connection for both, so it cannot happen here; do not pair the file with another program that "
        + "checkpoints it.")]
    public static partial void OldLibrary(ILogger logger, string version);

    [LoggerMessage(5, LogLevel.Warning,
        "A view of the store was open for more than {Seconds} s while the log was large; it was ended.")]
    public static partial void ReaderEnded(ILogger logger, long seconds);

    [LoggerMessage(6, LogLevel.Warning, "A checkpoint was put off until the next time.")]
    public static partial void CheckpointPutOff(ILogger logger, Exception failure);

    [LoggerMessage(7, LogLevel.Warning, "A file of keys could not be written; they stay in memory until the next is.")]
    public static partial void KeysNotSealed(ILogger logger, Exception failure);

    [LoggerMessage(8, LogLevel.Warning, "A file of keys is made again from the entries.")]
    public static partial void KeysRebuilt(ILogger logger, Exception failure);

    [LoggerMessage(9, LogLevel.Warning, "The file of the traces was damaged; a new one was begun.")]
    public static partial void TracesBegunAnew(ILogger logger, Exception failure);

    [LoggerMessage(10, LogLevel.Warning, "Traces cannot be written; they are dropped and counted. Said once.")]
    public static partial void TracesDropped(ILogger logger, Exception failure);

    [LoggerMessage(11, LogLevel.Information,
        "The order {Order} is carried out: {Entries} entries and {Files} files were erased.")]
    public static partial void OrderDone(ILogger logger, string order, long entries, long files);

    [LoggerMessage(12, LogLevel.Error, "The order {Order} cannot be read. It was set aside; nothing was erased.")]
    public static partial void OrderUnread(ILogger logger, string order);

    [LoggerMessage(13, LogLevel.Warning, "The order {Order} could not be carried out to its end; it goes on in time.")]
    public static partial void OrderPutOff(ILogger logger, string order);

    [LoggerMessage(14, LogLevel.Error, "The folder of orders to erase cannot be used. It is tried again. Said once.")]
    public static partial void OrdersUnusable(ILogger logger, Exception failure);
}
