using Postroom.Tests.Walls;

namespace Postroom.Server.Tests.Programs;

/// <summary>A folder of its own for one test.</summary>
internal sealed class TestFolder : IDisposable
{
    public const string ContactPath = "/api/contact";

    public string Path { get; } = Directory.CreateTempSubdirectory("postroom-server-").FullName;

    public string Data => this["data"];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>With a declaration in it.</summary>
    public static TestFolder With(string yaml)
    {
        var folder = new TestFolder();
        folder.Write("postroom.yaml", yaml);
        return folder;
    }

    /// <summary>With the declaration and the pages of examples/contact.</summary>
    public static TestFolder WithContact()
    {
        var folder = new TestFolder();
        var example = System.IO.Path.Combine(Repository.Root, "examples", "contact");
        Directory.CreateDirectory(folder["site"]);
        File.Copy(System.IO.Path.Combine(example, "postroom.yaml"), folder["postroom.yaml"]);
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(example, "site")))
        {
            File.Copy(file, System.IO.Path.Combine(folder["site"], System.IO.Path.GetFileName(file)));
        }

        return folder;
    }

    public void Write(string name, string text) => File.WriteAllText(this[name], text);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
