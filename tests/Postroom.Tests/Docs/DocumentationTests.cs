using System.Text.RegularExpressions;
using Postroom.Declarations;
using Postroom.Tests.Walls;

namespace Postroom.Tests.Docs;

/// <summary>What the documentation shows is true: declarations load, code is an excerpt of what is compiled, links lead somewhere.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages { get; } = new(
        Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => !path.StartsWith("artifacts", StringComparison.Ordinal)
                && !path.Contains("node_modules", StringComparison.Ordinal)));

    [Theory, MemberData(nameof(Pages))]
    public void Declarations_load_without_faults(string page)
    {
        foreach (var block in Blocks(page, "yaml"))
        {
            var folder = Directory.CreateTempSubdirectory("postroom-docs-");
            try
            {
                Directory.CreateDirectory(Path.Combine(folder.FullName, "site"));
                File.WriteAllText(Path.Combine(folder.FullName, "postroom.yaml"), block);
                var result = DeclarationLoader.Load(folder.FullName, new DeclarationContext { IdentityAvailable = true });
                Assert.Empty(result.Faults);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public void Code_is_an_excerpt_of_what_is_compiled(string page)
    {
        var compiled = Squeeze(string.Concat(
            Repository.Sources("examples", "tests").Select(file => string.Join('\n', file.Lines) + "\n")));
        foreach (var block in Blocks(page, "csharp"))
        {
            Assert.Contains(Squeeze(block), compiled, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public void Links_to_files_lead_to_files(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        foreach (Match link in Link().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))))
        {
            var target = link.Groups["target"].Value.Split('#')[0];
            if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            {
                Assert.True(Path.Exists(Path.Combine(folder, target)), $"{page} links to {target}");
            }
        }
    }

    internal static IEnumerable<string> Blocks(string page, string language)
    {
        foreach (Match block in Fence().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))))
        {
            if (block.Groups["language"].Value == language)
            {
                yield return block.Groups["text"].Value;
            }
        }
    }

    /// <summary>Without the indent and the line ends that an excerpt may change.</summary>
    private static string Squeeze(string code) => White().Replace(code, " ").Trim();

    [GeneratedRegex(@"^```(?<language>\w+)\r?\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline, 5000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\((?<target>[^)\s]+)\)", RegexOptions.None, 5000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+", RegexOptions.None, 5000)]
    private static partial Regex White();
}
