using System.Runtime.CompilerServices;
using Postroom.Storage;

namespace Postroom.Bench.Parsers;

/// <summary>Hashes files as every store does, and keeps nothing: the disk is not what is measured here.</summary>
internal sealed class DiscardedFiles : IFileStore
{
    public string Name => "discarded";

    public long? FreeBytes => null;

    public GrowingFile TakeOver(GrowingFile file) => throw new NotSupportedException();

    public ValueTask<FileAppender> ResumeAsync(GrowingFile file) => throw new NotSupportedException();

    public ValueTask CompleteAsync(GrowingFile file) => throw new NotSupportedException();

    public ValueTask<FileWriter> CreateAsync(EntryId id) => new(new DiscardedFile());

    public ValueTask<Stream?> OpenAsync(EntryId id) => new((Stream?)null);

    public ValueTask DeleteAsync(EntryId id) => default;

    public async IAsyncEnumerable<EntryId> ListOlderAsync(
        DateTimeOffset time, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        yield break;
    }

    public ValueTask DisposeAsync() => default;
}
