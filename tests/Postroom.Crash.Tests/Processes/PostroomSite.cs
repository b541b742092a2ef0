namespace Postroom.Crash.Tests.Processes;

/// <summary>A declaration with one form unless told, and a folder beside it in which the server keeps its data.</summary>
internal sealed class PostroomSite : IDisposable
{
    private readonly ScratchFolder _folder = ScratchFolder.OnDisk();

    public PostroomSite()
        : this("""
            limits: {rate: off}
            endpoints:
              /api/contact: {kind: form}
            """)
    {
    }

    /// <summary>With another declaration.</summary>
    public PostroomSite(string declaration) => File.WriteAllText(_folder["postroom.yaml"], declaration);

    public string Path => _folder.Path;

    /// <summary>What the recorder watches: the data folder's parent, so that its making is seen too.</summary>
    public string Watched => Directory.CreateDirectory(_folder["kept"]).FullName;

    public string Data => System.IO.Path.Combine(Watched, "data");

    public void Dispose() => _folder.Dispose();
}
