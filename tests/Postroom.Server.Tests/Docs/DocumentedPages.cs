using Postroom.Tests.Walls;

namespace Postroom.Server.Tests.Docs;

/// <summary>The pages that readers follow, and the blocks in them.</summary>
internal static class DocumentedPages
{
    private const string Fence = "```";

    public static IReadOnlyList<string> All { get; } =
    [
        "README.md",
        .. Below("docs", SearchOption.AllDirectories),
        .. Below("examples", SearchOption.AllDirectories),
    ];

    public static List<DocumentedBlock> Blocks(string page)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, page));
        var blocks = new List<DocumentedBlock>();
        for (var start = 0; start < lines.Length; start++)
        {
            if (!lines[start].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            var end = Array.FindIndex(lines, start + 1, line => line == Fence);
            Assert.True(end > 0, $"{page}:{start + 1}: a block without an end");
            blocks.Add(new DocumentedBlock(page, start + 1, lines[start][Fence.Length..], string.Join('\n', lines[(start + 1)..end])));
            start = end;
        }

        return blocks;
    }

    private static IEnumerable<string> Below(string folder, SearchOption depth) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", depth)
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal);
}
