using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Engine;

/// <summary>A SQLite store in a folder of its own, opened and reopened with the options that a test wants.</summary>
public abstract class EngineTest : IAsyncLifetime
{
    private int _seed;
    private SqlitePostStore? _store;

    internal FakeTime Time { get; } = new();

    internal TemporaryFolder Folder { get; } = new();

    internal PointWatch Points { get; } = new();

    private protected SqlitePostStore Store => _store ?? throw new InvalidOperationException("The store is not open.");

    private protected long Now => Time.Milliseconds;

    private protected virtual SqliteStoreOptions Options => new() { Folder = Folder.Path, Probe = Points };

    public async ValueTask InitializeAsync() => await OpenAsync(Options);

    public async ValueTask DisposeAsync()
    {
        Points.Open();
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<SqlitePostStore> OpenAsync(SqliteStoreOptions options) =>
        _store = await SqlitePostStore.OpenAsync(options, Time, new SeededEntropy(++_seed), NullLogger.Instance);

    private protected async Task ReopenAsync(SqliteStoreOptions? options = null)
    {
        await Store.DisposeAsync();
        await OpenAsync(options ?? Options);
    }

    private protected Entry NewEntry(string? key = null, string document = """{"name":"Ada"}""") =>
        Sample.Entry(Store.Ids.Next(), Now, key, document);

    private protected Task<UnitOutcome> PostAsync(string key) => PostAsync(NewEntry(key));

    private protected Task<UnitOutcome> PostAsync(Entry entry) => Store.CommitAsync(Sample.Keyed(entry, Now)).AsTask();

    private protected EntryId? Found(string key) => Store.FindKey(Sample.Key(key), Now)?.Id;

    private protected Entry? Find(EntryId id)
    {
        using var reader = Store.Read();
        return reader.FindEntry(id);
    }

    /// <summary>
    /// Queues units while the writer is held, so that they come into one batch, and gives their ends.
    /// </summary>
    private protected async Task<UnitOutcome[]> InOneBatchAsync(params PostUnit[] units)
    {
        var batches = Points.Count(StorePoints.BatchBegun);
        Points.HoldAt(StorePoints.BatchBegun);
        var first = Store.CommitAsync(Sample.Unit(new UseToken(Sample.Key("held"), Now))).AsTask();
        await Points.WhenAsync(StorePoints.BatchBegun, batches + 1);
        var outcomes = units.Select(unit => Store.CommitAsync(unit).AsTask()).ToList();
        Points.Open();
        await first;
        return await Task.WhenAll(outcomes);
    }

    private protected string[] Files() =>
        [.. Directory.EnumerateFiles(Folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
