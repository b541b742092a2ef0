using Microsoft.Extensions.Hosting;
using Postroom.Declarations;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>Holds the store from the start of the host to its end.</summary>
internal sealed class StoreHost(
    PostroomOptions options, IEnumerable<IStoreFactory> factories, IEnumerable<IFileStoreFactory> fileFactories)
{
    private OpenedStore? _store;

    public IPostStore Posts => Opened.Posts;

    public ITraceStore Traces => Opened.Traces;

    public IFileStore Files => Opened.Files;

    public IHostedService? Worker => Opened.Worker;

    private OpenedStore Opened =>
        _store ?? throw new InvalidOperationException("The store is opened when the host starts; it is not open yet.");

    public async ValueTask OpenAsync(PostroomDeclaration declaration, CancellationToken cancel)
    {
        var factory = factories.LastOrDefault() ?? throw new InvalidOperationException(
            "Postroom has no store. Call UseSqlite() of the package Postroom.Sqlite after AddPostroom(), "
            + "UsePostgres(…) of Postroom.Postgres, or UseMemoryStore().");
        var folder = Path.GetFullPath(options.Data ?? declaration.Data);
        var settings = new StoreSettings(folder, declaration.Limits.Queue, declaration.Limits.QueueBytes);
        var files = fileFactories.LastOrDefault() is { } other ? await other.OpenAsync(cancel) : null;
        var store = await factory.OpenAsync(settings, cancel);
        if (files is not null)
        {
            await store.Files.DisposeAsync();
            store = store with { Files = files };
        }

        _store = store;
    }

    public async ValueTask CloseAsync()
    {
        if (_store is { } store)
        {
            await store.Posts.DisposeAsync();
            await store.Traces.DisposeAsync();
            await store.Files.DisposeAsync();
        }
    }
}
