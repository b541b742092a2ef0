using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Postroom.Declarations;

namespace Postroom.Hosting;

/// <summary>Gives Kestrel the limits of the whole server, once they are known and before it listens.</summary>
internal sealed partial class KestrelLimits(IOptions<KestrelServerOptions> options, ILogger<KestrelLimits> logger)
{
    // Up to here the head is read and refused with a problem; beyond it Kestrel ends it with a bare status.
    private const int Reach = 2;

    /// <summary>Those in force.</summary>
    public ServerLimitsDeclaration InForce { get; private set; } = new();

    public void Apply(ServerLimitsDeclaration limits)
    {
        InForce = limits;
        Set(options.Value, limits);
        if (OpenFiles.RoomForConnections is { } room && room < limits.Connections)
        {
            options.Value.Limits.MaxConcurrentConnections = room;
            Log.FewFiles(logger, room, limits.Connections);
        }
    }

    public static void Set(KestrelServerOptions kestrel, ServerLimitsDeclaration declared)
    {
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = declared.Connections;
        limits.KeepAliveTimeout = declared.IdleTime;
        limits.RequestHeadersTimeout = declared.HeaderTime;
        limits.MaxRequestLineSize = declared.RequestLine * Reach;
        limits.MaxRequestHeaderCount = declared.Headers * Reach;
        limits.MaxRequestHeadersTotalSize = declared.HeaderBytes * Reach;
        limits.Http2.MaxRequestHeaderFieldSize = declared.HeaderBytes * Reach;
        if (limits.MaxRequestBufferSize < limits.MaxRequestHeadersTotalSize)
        {
            limits.MaxRequestBufferSize = limits.MaxRequestHeadersTotalSize;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(31, LogLevel.Warning,
            "This process may open so few files that at most {Room} connections are kept, not the {Declared} of "
            + "`limits.connections`. Raise its limit of open files (`ulimit -n`, `LimitNOFILE=`).")]
        public static partial void FewFiles(ILogger logger, int room, int declared);
    }
}
