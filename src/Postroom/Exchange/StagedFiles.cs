using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>
/// The files of one POST. They are made durable before the unit that names them is committed, and removed when none is.
/// </summary>
internal sealed class StagedFiles(IFileStore store)
{
    private readonly List<StagedFile> _files = [];
    private bool _mayBeNamed;

    public IReadOnlyList<StagedFile> Files => _files;

    /// <summary>Begins a file.</summary>
    /// <exception cref="StorageFullException">There is no space.</exception>
    public async ValueTask<StagedFile> CreateAsync(EntryId id, string name)
    {
        var file = new StagedFile(id, name, await store.CreateAsync(id));
        _files.Add(file);
        return file;
    }

    /// <summary>Commits a unit whose entry names the files, after they are durable.</summary>
    public async ValueTask<UnitOutcome> CommitAsync(PostExchange exchange, IPostStore posts, PostUnit unit)
    {
        try
        {
            foreach (var file in _files.Where(file => !file.Writer.IsComplete))
            {
                await file.Writer.CompleteAsync();
            }
        }
        catch (StorageFullException)
        {
            return UnitOutcome.Full;
        }

        // From here on only an outcome tells that no entry names them; until there is one the sweep has to judge.
        _mayBeNamed = exchange.MayBeStored = true;
        var outcome = await posts.CommitAsync(unit);
        _mayBeNamed = outcome.Verdict is UnitVerdict.Committed or UnitVerdict.Unknown;
        return outcome;
    }

    /// <summary>Lets go of the files, and removes them unless an entry may name them.</summary>
    public async ValueTask EndAsync()
    {
        foreach (var file in _files)
        {
            // Incomplete ones go with their writer.
            await file.Writer.DisposeAsync();
            if (!_mayBeNamed && file.Writer.IsComplete)
            {
                await store.DeleteAsync(file.Id);
            }
        }
    }
}
