using Postroom.Storage;

namespace Postroom.Plans;

internal sealed class PostFile(EntryFile file, IFileStore store) : IPostFile
{
    public string Field => file.Field;

    public string Name => file.Name;

    public string MediaType => file.MediaType;

    public long Size => file.Size;

    public string Sha256 => file.Digest;

    public static IReadOnlyList<IPostFile> Of(IReadOnlyList<EntryFile> files, IFileStore store) =>
        files.Count == 0 ? [] : [.. files.Select(file => new PostFile(file, store))];

    public async ValueTask<Stream> OpenAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return await store.OpenAsync(file.Id)
            ?? throw new FileNotFoundException($"The bytes of the file {file.Id} are not there any more.");
    }
}
