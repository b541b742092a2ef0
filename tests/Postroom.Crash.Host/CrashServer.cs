using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postroom.Hosting;
using Postroom.Storage;

namespace Postroom.Crash.Host;

/// <summary>The server over a store that kills the process at a named point, or that lies.</summary>
internal static class CrashServer
{
    private const int OutcomeUnknown = 70;

    public static async Task<int> RunAsync(string folder, string listen, string data, HostOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(listen);
        builder.AddPostroom(new PostroomOptions { File = folder, Data = data, HasIdentity = false, Reload = false })
            .UseStore(_ => new CrashStoreFactory(options));
        await using var app = builder.Build();
        app.MapPostroom();
        await app.StartAsync();
        var poisoned = app.Services.GetRequiredService<IPostStore>().Poisoned;
        await app.WaitForShutdownAsync();
        return poisoned.IsCancellationRequested ? OutcomeUnknown : 0;
    }
}
