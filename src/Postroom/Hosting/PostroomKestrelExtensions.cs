using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Hosting;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>
/// Sets Kestrel up as the server program does. AddPostroom never does it by itself: the host may serve more.
/// </summary>
public static class PostroomKestrelExtensions
{
    /// <summary>
    /// No Server header; ambiguous framing and too large a head refused before anything else of the application runs,
    /// in its other endpoints too; the limits of connections and headers that
    /// <see cref="ServerLimitsDeclaration"/> holds, which take the place of those that <c>ConfigureKestrel</c> gives.
    /// Bodies of other endpoints come at 240 bytes a second at least after 5 seconds.
    /// Requests run on the thread that read them, which saves a hand-over for each: a handler of yours that blocks its
    /// thread holds up others, so await instead.
    /// </summary>
    public static IWebHostBuilder UsePostroomKestrel(this IWebHostBuilder host) => host
        .UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true)
        .ConfigureServices(services => services
            .AddSingleton<KestrelLimits>()
            .AddSingleton<IStartupFilter, FramingGate>()
            .Configure<KestrelServerOptions>(Configure));

    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        KestrelLimits.Set(kestrel, new ServerLimitsDeclaration());
        kestrel.Limits.MinRequestBodyDataRate =
            new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
