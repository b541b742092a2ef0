using Microsoft.AspNetCore.Connections;

namespace Postroom.Tests.Hosts;

/// <summary>
/// Counts the connections that a host has not finished with. A client may see its end of one closed while the server
/// is still busy with what came on it.
/// </summary>
internal sealed class ConnectionCount
{
    private int _open;

    public bool IsZero => Volatile.Read(ref _open) == 0;

    public async Task TrackAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        Interlocked.Increment(ref _open);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
