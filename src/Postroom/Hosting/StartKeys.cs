using Postroom.Declarations;

namespace Postroom.Hosting;

/// <summary>The keys of a declaration that are read at the start only.</summary>
internal static class StartKeys
{
    /// <summary>Those that say something else now, by their names in the file.</summary>
    public static IEnumerable<string> Changed(PostroomDeclaration before, PostroomDeclaration now)
    {
        (string Key, bool IsSame)[] keys =
        [
            ("listen", before.Listen.SequenceEqual(now.Listen)),
            ("tls", before.Tls == now.Tls),
            ("data", before.Data == now.Data),
            ("store", before.Store.Postgres == now.Store.Postgres),
            ("files", before.Store.Bucket == now.Store.Bucket),
            ("site", before.Site == now.Site),
            .. Limits(before.Limits, now.Limits),
        ];
        return keys.Where(key => !key.IsSame).Select(key => key.Key);
    }

    private static IEnumerable<(string Key, bool IsSame)> Limits(
        ServerLimitsDeclaration before, ServerLimitsDeclaration now) =>
    [
        ("limits.connections", before.Connections == now.Connections),
        ("limits.idleTime", before.IdleTime == now.IdleTime),
        ("limits.headerTime", before.HeaderTime == now.HeaderTime),
        ("limits.requestLine", before.RequestLine == now.RequestLine),
        ("limits.headers", before.Headers == now.Headers),
        ("limits.headerBytes", before.HeaderBytes == now.HeaderBytes),
        ("limits.bodyMemory", before.BodyMemory == now.BodyMemory),
        ("limits.diskReserve", before.DiskReserve == now.DiskReserve),
        ("limits.queue", before.Queue == now.Queue),
        ("limits.queueBytes", before.QueueBytes == now.QueueBytes),
        ("limits.streams", before.Streams == now.Streams),
        ("limits.streamsPerClient", before.StreamsPerClient == now.StreamsPerClient),
    ];
}
