using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>What every store is tested with: a store, its clock, and short ways to use it.</summary>
public abstract class PostStoreConformance : IAsyncLifetime
{
    private IPostStore? _store;

    internal FakeTime Time { get; } = new();

    private protected IPostStore Store => _store ?? throw new InvalidOperationException("The store is not open.");

    private protected long Now => Time.Milliseconds;

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        Clean();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store: an empty one at first, the same again later where it is durable.</summary>
    private protected abstract ValueTask<IPostStore> OpenAsync();

    /// <summary>Removes what the store left.</summary>
    protected virtual void Clean()
    {
    }

    /// <summary>Closes the store and opens it again.</summary>
    private protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        _store = await OpenAsync();
    }

    private protected Entry NewEntry(string? key = null, string document = """{"name":"Ada"}""") =>
        Sample.Entry(Store.Ids.Next(), Now, key, document);

    /// <summary>Commits an entry without a guard and gives it.</summary>
    private protected async Task<Entry> InsertAsync(Entry entry)
    {
        await CommitAsync(new InsertEntry(entry));
        return entry;
    }

    /// <summary>Commits writes without a guard.</summary>
    private protected async Task CommitAsync(params Write[] writes)
    {
        var outcome = await Store.CommitAsync(Sample.Unit(writes));
        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
    }

    private protected Entry? Find(EntryId id)
    {
        using var reader = Store.Read();
        return reader.FindEntry(id);
    }

    private protected IReadOnlyList<Job> Jobs(EntryId entry)
    {
        using var reader = Store.Read();
        return reader.ListJobs(entry);
    }

    private protected EntryPage List(EntryQuery query)
    {
        using var reader = Store.Read();
        return reader.ListEntries(query);
    }
}
