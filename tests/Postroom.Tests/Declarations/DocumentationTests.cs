using System.Text.RegularExpressions;
using Postroom.Declarations;
using Postroom.Declarations.Loading;
using Postroom.Declarations.Yaml;
using Postroom.JsonSchema;

namespace Postroom.Tests.Declarations;

/// <summary>What the documentation shows of the declaration is true.</summary>
public sealed partial class DocumentationTests
{
    /// <summary>As the server program loads, in an empty environment.</summary>
    private static readonly DeclarationContext Bare = new() { Environment = _ => null, IdentityAvailable = false };

    public static TheoryData<string> Pages =>
        new(YamlBlocks.Pages().Select(page => Path.GetRelativePath(RepositoryFolder.Path("."), page)));

    public static TheoryData<string> Files =>
        new(new[] { "docs", "examples" }
            .Select(RepositoryFolder.Path)
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "postroom.yaml", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(RepositoryFolder.Path("."), file)));

    /// <summary>POSTROOM_REWRITE_EXPECTED=1 writes the page anew.</summary>
    [Fact]
    public void The_reference_page_is_what_the_schema_says()
    {
        var file = RepositoryFolder.Path("docs/declaration.md");
        if (Environment.GetEnvironmentVariable("POSTROOM_REWRITE_EXPECTED") == "1")
        {
            File.WriteAllText(file, DeclarationReference.Write());
        }

        Assert.Equal(File.ReadAllText(file), DeclarationReference.Write());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_declaration_of_the_repository_has_no_fault(string file) =>
        Assert.Empty(DeclarationLoader.Load(RepositoryFolder.Path(file), Bare).Faults);

    [Fact]
    public void The_tour_shows_every_key()
    {
        var text = File.ReadAllBytes(RepositoryFolder.Path("docs/tour/postroom.yaml"));
        var tour = YamlDocument.Read(text, Bare.Environment).Root!;

        var known = KeysOf(DeclarationSchema.Root, "").Select(OfEveryLevel);
        var shown = KeysOf(tour, DeclarationSchema.Root, "").Select(OfEveryLevel);

        Assert.Empty(known.Except(shown));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_declaration_that_a_page_shows_loads(string page)
    {
        foreach (var (line, text) in YamlBlocks.In(RepositoryFolder.Path(page)))
        {
            using var folder = new TemporaryFolder();
            Directory.CreateDirectory(Path.Combine(folder.Path, "site"));
            foreach (Match schema in SchemaFile().Matches(text))
            {
                folder.File(schema.Groups[1].Value, """{"type": "object"}""");
            }

            folder.File("postroom.yaml", text);
            var context = new DeclarationContext { Environment = name => name == "PORT" ? null : "1" };
            var result = DeclarationLoader.Load(folder.Path, context);
            Assert.True(result.Succeeded, $"{page}, the block on line {line}: {string.Join('\n', result.Faults)}");
        }
    }

    [Fact]
    public void The_reference_page_shows_blocks() =>
        Assert.NotEmpty(YamlBlocks.In(RepositoryFolder.Path("docs/declaration.md")));

    [GeneratedRegex(@"schema: ([\w./-]+\.(?:json|yaml))")]
    private static partial Regex SchemaFile();

    /// <summary>The limits of an endpoint are those of the file: to be shown once.</summary>
    private static string OfEveryLevel(string key) =>
        key.Replace("endpoints.*.limits.", "limits.", StringComparison.Ordinal);

    private static IEnumerable<string> KeysOf(SchemaView view, string prefix)
    {
        var below = view.AdditionalProperties is { Properties.Count: > 0 } each ? KeysOf(each, prefix + "*.") : [];
        return view.Properties
            .Where(property => !UnavailableKeys.IsMarked(property.Schema))
            .SelectMany(property =>
                KeysOf(property.Schema, $"{prefix}{property.Name}.").Prepend(prefix + property.Name))
            .Concat(below);
    }

    private static IEnumerable<string> KeysOf(SourceNode node, SchemaView view, string prefix) =>
        node is not SourceMapping mapping
            ? []
            : mapping.Entries.Values.SelectMany(entry => view.Property(entry.Key) is { } property
                ? KeysOf(entry.Value, property.Schema, $"{prefix}{entry.Key}.").Prepend(prefix + entry.Key)
                : view.AdditionalProperties is { } each
                    ? KeysOf(entry.Value, each, prefix + "*.")
                    : []);
}
