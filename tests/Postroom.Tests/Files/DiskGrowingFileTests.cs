using Postroom.Files;
using Postroom.Storage;

namespace Postroom.Tests.Files;

public sealed class DiskGrowingFileTests : GrowingFileConformance, IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("postroom-growing-").FullName;
    private readonly DiskFileStore _store;

    public DiskGrowingFileTests() => _store = new DiskFileStore(Path.Combine(_data, "files"));

    private protected override IFileStore Store => _store;

    [Fact]
    public async Task A_file_that_nobody_took_over_lies_under_its_final_name_and_needs_no_state()
    {
        var file = await AppendAsync(NewFile(), "bytes"u8.ToArray());

        Assert.True(file.State.IsEmpty);
        Assert.Equal("bytes", await File.ReadAllTextAsync(_store.PathOf(file.Id)));
        Assert.False(Directory.Exists(Path.Combine(_data, "files", "parts")));
    }

    [Fact]
    public async Task Nobody_but_the_owner_reads_a_segment_and_none_is_left_when_it_is_complete()
    {
        var file = await AppendAsync(Store.TakeOver(NewFile()), "bytes"u8.ToArray());
        var parts = Path.Combine(_data, "files", "parts");
        var part = Assert.Single(Directory.GetFiles(parts));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(part));
        }

        await Store.CompleteAsync(file);

        Assert.Empty(Directory.GetFiles(parts));
        Assert.Equal("bytes", await File.ReadAllTextAsync(_store.PathOf(file.Id)));
    }

    [Fact]
    public async Task It_knows_what_is_free()
    {
        Assert.InRange(Store.FreeBytes!.Value, 1, long.MaxValue);
        await AppendAsync(NewFile(), "bytes"u8.ToArray());
        Assert.InRange(Store.FreeBytes!.Value, 1, long.MaxValue);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
