namespace Postroom.Browser.Tests;

/// <summary>A page that somebody opens by double-clicking it: <c>file://</c>, whose origin is <c>null</c>.</summary>
internal sealed class PageFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postroom-page-").FullName;

    public PageFile(string html)
    {
        var path = Path.Combine(_folder, "page.html");
        File.WriteAllText(path, html);
        Url = new Uri(path).AbsoluteUri;
    }

    public string Url { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
