namespace Postroom.Tests.Declarations;

/// <summary>
/// The declarations that pages of the documentation show: fenced blocks whose info string is exactly <c>yaml</c>. A
/// block of YAML that is no whole declaration says so with another word, such as <c>yaml fragment</c>.
/// </summary>
internal static class YamlBlocks
{
    /// <summary>Each block with the line on which it begins.</summary>
    public static IEnumerable<(int Line, string Text)> In(string markdownFile)
    {
        var lines = File.ReadAllLines(markdownFile);
        for (var start = 0; start < lines.Length; start++)
        {
            if (lines[start].Trim() != "```yaml")
            {
                continue;
            }

            var indentation = lines[start].IndexOf('`', StringComparison.Ordinal);
            var block = lines.Skip(start + 1).TakeWhile(line => line.Trim() != "```").ToList();
            var text = block.Select(line => line[Math.Min(indentation, line.Length)..]);
            yield return (start + 1, string.Join('\n', text));
            start += block.Count + 1;
        }
    }

    /// <summary>All pages of the repository: the readme, the documentation, the readmes of the examples.</summary>
    public static IEnumerable<string> Pages()
    {
        var readme = RepositoryFolder.Path("README.md");
        return new[] { "docs", "examples" }
            .Select(RepositoryFolder.Path)
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories))
            .Concat(File.Exists(readme) ? [readme] : [])
            .Order(StringComparer.Ordinal);
    }
}
