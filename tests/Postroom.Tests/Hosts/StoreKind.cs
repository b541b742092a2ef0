using Postroom.Hosting;
using Postroom.Sqlite;

namespace Postroom.Tests.Hosts;

/// <summary>Which store a host keeps its entries in; the SQLite file lies in a folder that goes with the test.</summary>
public sealed class StoreKind : IDisposable
{
    private DirectoryInfo? _folder;
    private readonly string _name;

    public StoreKind(string name) => _name = name;

    public static TheoryData<string> Names { get; } = ["memory", "sqlite"];

    public string Folder => (_folder ??= Directory.CreateTempSubdirectory("postroom-test-")).FullName;

    public void Choose(PostroomBuilder builder)
    {
        if (_name == "memory")
        {
            builder.UseMemoryStore();
        }
        else
        {
            builder.UseSqlite(options => options with { Folder = Folder });
        }
    }

    public void Dispose() => _folder?.Delete(recursive: true);
}
