namespace Postroom.Storage;

/// <summary>
/// Where the bytes of files are. A file has its final name from its first byte, and counts only because a committed
/// entry or an open upload names it: what none names is left over from a POST that failed, and is swept.
/// </summary>
public interface IFileStore : IAsyncDisposable
{
    /// <summary>The store's name, such as <c>disk</c> or <c>memory</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Bytes that are free where the files go, known to about a second; null where nobody can say, as with an object
    /// store.
    /// </summary>
    long? FreeBytes { get; }

    /// <summary>Begins a file that comes in one piece. The id is fresh, so that there is none with it.</summary>
    /// <exception cref="StorageFullException">There is no space.</exception>
    ValueTask<FileWriter> CreateAsync(EntryId id);

    /// <summary>
    /// What a request goes on with when an earlier one may still be writing the file, on another node: a state of its
    /// own, in which nothing that the earlier one still writes can reach the bytes of this one. It is committed, with
    /// the fence that shuts the earlier one out, before <see cref="ResumeAsync"/>. It touches nothing.
    /// </summary>
    GrowingFile TakeOver(GrowingFile file);

    /// <summary>
    /// Goes on with a file that comes in several requests, or begins one whose size is 0. Whatever an earlier appender
    /// left behind the durable bytes is dropped. A file that was completed and whose completion was not committed goes
    /// on from its earlier state like any other.
    /// </summary>
    /// <exception cref="StorageFullException">There is no space.</exception>
    /// <exception cref="FileNotFoundException">Durable bytes are gone: somebody deleted them.</exception>
    ValueTask<FileAppender> ResumeAsync(GrowingFile file);

    /// <summary>
    /// Makes one file of what came in several requests, durable under its id; it can be read from then on. Done twice,
    /// it is done once. Its appenders are disposed.
    /// </summary>
    /// <exception cref="StorageFullException">There is no space.</exception>
    ValueTask CompleteAsync(GrowingFile file);

    /// <summary>
    /// Opens a file to be read from its start; null when there is none. The stream can seek. One that is not complete
    /// may be there or not.
    /// </summary>
    ValueTask<Stream?> OpenAsync(EntryId id);

    /// <summary>
    /// Opens a part of a file, to be read once from its start to its end; null when there is none. A store that pays
    /// for each request makes one of it.
    /// </summary>
    /// <param name="id">The file.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">Its bytes; offset and length lie within the file.</param>
    async ValueTask<Stream?> OpenRangeAsync(EntryId id, long offset, long length)
    {
        if (await OpenAsync(id) is not { } stream)
        {
            return null;
        }

        stream.Seek(offset, SeekOrigin.Begin);
        return new FileRange(stream, length);
    }

    /// <summary>
    /// Removes a file, complete or not, with all that belongs to it. One that is not there is no fault.
    /// </summary>
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
    /// The files last written before <paramref name="time"/>, complete or not, each once, without those that are in the
    /// hands of a writer or an appender of this process.
    /// </summary>
    IAsyncEnumerable<EntryId> ListOlderAsync(DateTimeOffset time, CancellationToken cancel);
}
