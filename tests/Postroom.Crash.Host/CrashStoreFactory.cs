using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Crash.Host;

/// <summary>Opens the embedded store with what the crash tests ask for.</summary>
internal sealed class CrashStoreFactory(HostOptions options) : IStoreFactory
{
    public async ValueTask<OpenedStore> OpenAsync(string folder, CancellationToken cancel)
    {
        var probe = options.Point is { } point ? new KillingProbe(point, options.Pass) : null;
        var store = await OpenStore.At(folder, probe);
        return new OpenedStore(options.IsHasty ? new HastyStore(store) : store, new MemoryTraceStore());
    }
}
