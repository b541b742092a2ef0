namespace Postroom.Storage;

/// <summary>
/// Where the bytes of files are. A file has its final name from its first byte, and counts only because a committed
/// entry names it: what no entry names is left over from a POST that failed, and is swept.
/// </summary>
public interface IFileStore : IAsyncDisposable
{
    /// <summary>The store's name, such as <c>disk</c> or <c>memory</c>.</summary>
    string Name { get; }

    /// <summary>Begins a file. The id is fresh, so that there is none with it.</summary>
    /// <exception cref="StorageFullException">There is no space.</exception>
    ValueTask<FileWriter> CreateAsync(EntryId id);

    /// <summary>Opens a file to be read from its start; null when there is none. The stream can seek.</summary>
    ValueTask<Stream?> OpenAsync(EntryId id);

    /// <summary>Removes a file. One that is not there is no fault.</summary>
    ValueTask DeleteAsync(EntryId id);

    /// <summary>Removes the files of an entry that is gone.</summary>
    async ValueTask DeleteAllAsync(IReadOnlyList<EntryFile> files)
    {
        foreach (var file in files)
        {
            await DeleteAsync(file.Id);
        }
    }

    /// <summary>
    /// The files last written before <paramref name="time"/>, without those whose writers are not disposed yet.
    /// </summary>
    IAsyncEnumerable<EntryId> ListOlderAsync(DateTimeOffset time, CancellationToken cancel);
}
