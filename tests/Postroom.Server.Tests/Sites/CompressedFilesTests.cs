using Microsoft.Extensions.FileProviders;
using Postroom.Exchange;
using Postroom.Server.Sites;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Sites;

/// <summary>How much memory compressed copies may take.</summary>
public sealed class CompressedFilesTests
{
    [Fact]
    public void Beyond_the_room_files_stay_plain_until_others_are_gone()
    {
        using var folder = new TestFolder();
        using var files = new PhysicalFileProvider(folder.Path);
        folder.Write("a.css", Text(1));
        folder.Write("b.css", Text(2));
        var size = new CompressedFiles(files, ContentCoding.Gzip).GetFileInfo("a.css").Length;
        var bounded = new CompressedFiles(files, ContentCoding.Gzip, bytesMax: size + (size / 2));
        Assert.True(bounded.GetFileInfo("a.css").Exists);
        Assert.False(bounded.GetFileInfo("b.css").Exists);
        Assert.True(bounded.GetFileInfo("a.css").Exists);
        File.Delete(folder["a.css"]);
        Assert.False(bounded.GetFileInfo("a.css").Exists);
        folder.Write("b.css", Text(2) + "\n");
        Assert.True(bounded.GetFileInfo("b.css").Exists);
    }

    [Fact]
    public void Another_spelling_of_a_path_takes_no_more_room()
    {
        using var folder = new TestFolder();
        using var files = new PhysicalFileProvider(folder.Path);
        folder.Write("a.css", Text(1));
        var size = new CompressedFiles(files, ContentCoding.Brotli).GetFileInfo("a.css").Length;
        var bounded = new CompressedFiles(files, ContentCoding.Brotli, bytesMax: size);
        foreach (var spelling in (string[])["a.css", "/a.css", "//a.css", "./a.css", "/././/a.css"])
        {
            Assert.True(bounded.GetFileInfo(spelling).Exists, spelling);
        }
    }

    [Theory]
    [InlineData("a.css", 9_000_000)]
    [InlineData("a.png", 5000)]
    [InlineData("a", 5000)]
    public void What_is_huge_or_no_text_is_not_found_here(string name, int size)
    {
        using var folder = new TestFolder();
        using var files = new PhysicalFileProvider(folder.Path);
        folder.Write(name, new string('x', size));
        Assert.False(new CompressedFiles(files, ContentCoding.Brotli).GetFileInfo(name).Exists);
    }

    private static string Text(int seed)
    {
        var random = new Random(seed);
        return string.Join('\n', Enumerable.Range(0, 300).Select(_ => $".c{random.Next()} {{ color: #{random.Next():x} }}"));
    }
}
