using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Hosting;

internal sealed class MemoryStoreFactory(TimeProvider time, EntropySource entropy) : IStoreFactory
{
    public ValueTask<OpenedStore> OpenAsync(StoreSettings settings, CancellationToken cancel) =>
        new(new OpenedStore(new MemoryPostStore(time, entropy), new MemoryTraceStore(), new MemoryFileStore(time)));
}
