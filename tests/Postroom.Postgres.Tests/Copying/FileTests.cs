using Postroom.Storage.Copying;

namespace Postroom.Postgres.Tests.Copying;

/// <summary>The bytes of files between two folders.</summary>
public sealed class FileTests(PostgresServer server) : CopyTest(server)
{
    [Fact]
    public async Task One_that_an_interrupted_copy_left_half_is_made_again()
    {
        await FillAsync();
        var nodes = Folder.File("nodes");
        var (name, text) = FirstFile();
        Write(Path.Combine(nodes, name), "a f");

        await ToPostgresAsync(files: nodes);

        Assert.Equal(text, File.ReadAllText(Path.Combine(nodes, name)));
    }

    [Fact]
    public async Task Two_names_of_one_folder_do_no_harm()
    {
        await FillAsync();
        var (name, text) = FirstFile();
        Directory.CreateSymbolicLink(Folder.File("same"), Data);

        await ToPostgresAsync(files: Folder.File("same"));

        Assert.Equal(text, File.ReadAllText(Path.Combine(Data, name)));
    }

    [Fact]
    public async Task One_that_is_damaged_at_the_source_stops_the_copy_and_stays()
    {
        await FillAsync();
        var (name, text) = FirstFile();
        var damaged = new string('x', text.Length);
        File.WriteAllText(Path.Combine(Data, name), damaged);
        Directory.CreateSymbolicLink(Folder.File("same"), Data);

        foreach (var files in new[] { Folder.File("nodes"), Folder.File("same") })
        {
            var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => ToPostgresAsync(files));
            Assert.Contains($"The file {Path.GetFileName(name)} is not what was stored", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(damaged, File.ReadAllText(Path.Combine(Data, name)));
        Assert.False(File.Exists(Path.Combine(Folder.File("nodes"), name)));
        File.WriteAllText(Path.Combine(Data, name), text);
        await ToPostgresAsync(Folder.File("nodes"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_missing_stops_the_copy_and_can_be_put_back(bool stays)
    {
        await FillAsync();
        var (name, text) = FirstFile();
        File.Delete(Path.Combine(Data, name));
        var files = stays ? null : Folder.File("nodes");

        var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => ToPostgresAsync(files));

        Assert.Contains(Path.GetFileName(name), refused.Message, StringComparison.Ordinal);
        Write(Path.Combine(Data, name), text);
        await ToPostgresAsync(files);
    }

    [Fact]
    public async Task On_the_way_back_the_command_asks_where_they_are()
    {
        await FillAsync();
        await ToPostgresAsync();

        var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => ToSqliteAsync(Folder.File("back")));

        Assert.Contains("--files", refused.Message, StringComparison.Ordinal);
        await ToSqliteAsync(Folder.File("back"), files: Data);
    }

    /// <summary>One of an entry that is not empty.</summary>
    private (string Name, string Text) FirstFile()
    {
        var path = Directory.EnumerateFiles(Path.Combine(Data, "files"), "*", SearchOption.AllDirectories)
            .Single(file => File.ReadAllText(file) == "a file");
        return (Path.GetRelativePath(Data, path), File.ReadAllText(path));
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
