using Postroom.Files;
using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Crash.Host;

/// <summary>Opens the embedded store with what the crash tests ask for.</summary>
internal sealed class CrashStoreFactory(HostOptions options) : IStoreFactory
{
    public async ValueTask<OpenedStore> OpenAsync(StoreSettings settings, CancellationToken cancel)
    {
        var store = await OpenStore.At(settings.Folder, options.Probe);
        return new OpenedStore(options.IsHasty ? new HastyStore(store) : store, new MemoryTraceStore(),
            new DiskFileStore(Path.Combine(settings.Folder, "files")));
    }
}
