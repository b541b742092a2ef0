namespace Postroom.JsonSchema;

/// <summary>The schema files in a folder and the folders in it. Nothing outside of it is read.</summary>
public sealed class SchemaFolder : ISchemaSource
{
    private readonly string _path;
    private readonly string _uri;

    /// <summary>A folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="uri">The URI that stands for it, such as <c>https://example.com/schemas/</c>: the file
    /// <c>a.json</c> is then found as <c>https://example.com/schemas/a.json</c>. "" for relative references.</param>
    public SchemaFolder(string path, string uri = "")
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(uri);
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + Path.DirectorySeparatorChar;
        _uri = uri.Length == 0 || uri.EndsWith('/') ? uri : uri + "/";
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Find(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.StartsWith(_uri, StringComparison.Ordinal))
        {
            return null;
        }

        string name = Uri.UnescapeDataString(uri[_uri.Length..]);
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(name))
        {
            return null;
        }

        string file = Path.GetFullPath(Path.Combine(_path, name));
        bool isHere = file.StartsWith(_path, StringComparison.Ordinal) && File.Exists(file);
        return isHere ? File.ReadAllBytes(file) : default(ReadOnlyMemory<byte>?);
    }
}
