using Postroom.Files;
using Postroom.Storage;

namespace Postroom.Tests.Files;

public sealed class DiskFileStoreTests : FileStoreConformance, IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("postroom-files-").FullName;
    private readonly DiskFileStore _store;

    public DiskFileStoreTests() => _store = new DiskFileStore(Path.Combine(_data, "files"));

    private protected override IFileStore Store => _store;

    [Fact]
    public async Task A_file_stands_under_its_id_for_its_owner_only()
    {
        var id = await WriteAsync();

        var path = Path.Combine(_data, "files", id.ToString()[^2..], id.ToString());
        Assert.Equal(path, _store.PathOf(id));
        Assert.Equal("bytes", await File.ReadAllTextAsync(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        }
    }

    [Fact]
    public void There_is_no_folder_before_the_first_file() => Assert.Empty(Directory.GetFileSystemEntries(_data));

    [Fact]
    public async Task What_is_not_named_by_an_id_is_never_listed()
    {
        await WriteAsync();
        await File.WriteAllTextAsync(Path.Combine(_data, "files", "notes.txt"), "mine");

        var listed = new List<EntryId>();
        await foreach (var id in Store.ListOlderAsync(DateTimeOffset.MaxValue, CancellationToken.None))
        {
            listed.Add(id);
        }

        Assert.Single(listed);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
