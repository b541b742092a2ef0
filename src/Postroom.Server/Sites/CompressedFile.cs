using Microsoft.Extensions.FileProviders;

namespace Postroom.Server.Sites;

/// <summary>A file of the site, compressed in memory.</summary>
internal sealed class CompressedFile(IFileInfo file, byte[] bytes) : IFileInfo
{
    public bool Exists => true;

    public long Length => bytes.Length;

    /// <summary>Null: otherwise the server would send the file from the disk.</summary>
    public string? PhysicalPath => null;

    public string Name => file.Name;

    public DateTimeOffset LastModified => file.LastModified;

    public bool IsDirectory => false;

    public Stream CreateReadStream() => new MemoryStream(bytes, writable: false);
}
