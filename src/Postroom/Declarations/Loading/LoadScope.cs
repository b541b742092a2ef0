using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>One load of a declaration: its files, its context and what was found.</summary>
/// <param name="File">The declaration's file as the user named it.</param>
/// <param name="Context">The context.</param>
internal sealed record LoadScope(string File, DeclarationContext Context)
{
    /// <summary>The file's folder: absolute.</summary>
    public string Folder { get; } = Path.GetDirectoryName(Path.GetFullPath(File))!;

    public FaultCollector Faults { get; } = new();

    /// <summary>Absolute paths of all files read or looked for.</summary>
    public List<string> Files { get; } = [Path.GetFullPath(File)];

    public void Fault(SourceNode where, string message) => Faults.Add(File, where.Place, message);

    public void Fault(SourcePlace where, string message) => Faults.Add(File, where, message);

    /// <summary>A path of the file, made absolute.</summary>
    public string Absolute(string path) => Path.GetFullPath(path, Folder);

    /// <summary>A path beside the declaration as the user would name it.</summary>
    public string Named(string path) => Path.Combine(Path.GetDirectoryName(File) ?? "", path);
}
