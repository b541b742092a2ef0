using System.Text;
using Postroom.Declarations;

namespace Postroom.Tests.Declarations;

public sealed class DeclarationLoaderTests
{
    private static readonly DeclarationContext Bare = new() { Environment = _ => null };

    [Fact]
    public void The_contact_example_loads()
    {
        var result = DeclarationLoader.Load(RepositoryFolder.Path("examples/contact"), Bare);

        Assert.Empty(result.Faults);
        var contact = Assert.Single(result.Declaration!.Endpoints);
        Assert.Equal("/api/contact", contact.Path);
        Assert.Equal("Thank you for contacting us, {{name}}!", contact.Respond.Created);
        Assert.Equal("/thanks.html", contact.Redirect);
        Assert.Equal(RepositoryFolder.Path("examples/contact/site"), result.Declaration.Site);
        Assert.True(result.Declaration.IsDevelopment);
    }

    [Theory]
    [InlineData("./x", "No postroom.yaml in ./x. Create one: `postroom new contact`.")]
    [InlineData("x/other.yaml", "No other.yaml in x. Create one: `postroom new contact`.")]
    [InlineData("other.yaml", "No other.yaml in this folder. Create one: `postroom new contact`.")]
    public void A_missing_declaration_says_how_to_make_one(string path, string message)
    {
        var result = DeclarationLoader.Load(path, Bare);

        Assert.False(result.Succeeded);
        Assert.Equal(message, Assert.Single(result.Faults).ToString());
    }

    [Fact]
    public void A_folder_without_a_declaration_says_how_to_make_one()
    {
        using var folder = new TemporaryFolder();

        var fault = Assert.Single(DeclarationLoader.Load(folder.Path, Bare).Faults);

        Assert.Equal($"No postroom.yaml in {folder.Path}. Create one: `postroom new contact`.", fault.ToString());
    }

    [Fact]
    public void A_file_with_the_other_ending_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.File("postroom.yml", "endpoints: {}");

        var fault = Assert.Single(DeclarationLoader.Load(folder.Path, Bare).Faults);

        Assert.Equal(
            $"No postroom.yaml in {folder.Path}, but a postroom.yml. Rename it to postroom.yaml.", fault.Message);
    }

    [Fact]
    public void A_folder_of_the_files_name_is_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "postroom.yaml"));

        var fault = Assert.Single(DeclarationLoader.Load(folder.Path, Bare).Faults);

        Assert.Contains("folder", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_files_are_listed_for_watching_the_missing_ones_too()
    {
        using var folder = new TemporaryFolder();
        folder.File("schemas/a.json", "{}");
        var file = folder.File("postroom.yaml", """
            endpoints:
              /a: {kind: form, schema: schemas/a.json}
              /b: {kind: form, schema: schemas/../schemas/a.json}
              /c: {kind: form, schema: schemas/later.json}
            """);

        var result = DeclarationLoader.Load(folder.Path, Bare);

        Assert.Equal(
            [file, Path.Combine(folder.Path, "schemas/a.json"), Path.Combine(folder.Path, "schemas/later.json")],
            result.Files);
    }

    [Fact]
    public void Paths_are_relative_to_the_file_and_become_absolute()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "public"));
        folder.File("postroom.yaml", "site: public\ndata: ../data");

        var declaration = DeclarationLoader.Load(folder.Path, Bare).Declaration!;

        Assert.Equal(Path.Combine(folder.Path, "public"), declaration.Site);
        Assert.Equal(Path.Combine(Path.GetDirectoryName(folder.Path)!, "data"), declaration.Data);
    }

    [Fact]
    public void Ten_thousand_unknown_keys_become_a_hundred_faults()
    {
        using var folder = new TemporaryFolder();
        folder.File("postroom.yaml", string.Concat(Enumerable.Range(0, 10_000).Select(number => $"key{number}: 1\n")));

        var faults = DeclarationLoader.Load(folder.Path, Bare).Faults;

        Assert.InRange(faults.Count, 100, 101);
        Assert.StartsWith("Unknown key `key0`.", faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_endpoints_are_too_many()
    {
        using var folder = new TemporaryFolder();
        folder.File("postroom.yaml", "endpoints:\n"
            + string.Concat(Enumerable.Range(0, 10_000).Select(number => $"  /e{number}: {{kind: form}}\n")));

        var fault = Assert.Single(DeclarationLoader.Load(folder.Path, Bare).Faults);

        Assert.Contains("at most 1000", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_over_the_bound_is_refused_unread()
    {
        using var folder = new TemporaryFolder();
        folder.File("postroom.yaml", "# " + new string('x', 1_000_000));

        var fault = Assert.Single(DeclarationLoader.Load(folder.Path, Bare).Faults);

        Assert.Equal("The file is larger than 1 MB.", fault.Message);
    }

    /// <summary>Each of these is near the bound and once made a YAML reader slow, deep or wrong somewhere.</summary>
    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("&a ")]
    [InlineData("!!str ")]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("a ")]
    [InlineData("a\n")]
    [InlineData("a: b\n")]
    [InlineData("---\n")]
    [InlineData("%")]
    [InlineData("${A:-")]
    [InlineData("a: |\n")]
    [InlineData("*")]
    [InlineData("\r")]
    public void A_hostile_megabyte_is_faulted(string piece)
    {
        using var folder = new TemporaryFolder();
        folder.File("postroom.yaml", string.Concat(Enumerable.Repeat(piece, 900_000 / piece.Length)));

        Assert.NotEmpty(DeclarationLoader.Load(folder.Path, Bare).Faults);
    }

    [Fact]
    public void Damaged_declarations_never_throw()
    {
        using var folder = new TemporaryFolder();
        var tour = File.ReadAllBytes(RepositoryFolder.Path("docs/tour/postroom.yaml"));
        var random = new Random(20300131);
        for (var round = 0; round < 300; round++)
        {
            File.WriteAllBytes(Path.Combine(folder.Path, "postroom.yaml"), Damaged(tour, random));
            Assert.NotNull(DeclarationLoader.Load(folder.Path, Bare));
        }
    }

    private static byte[] Damaged(byte[] text, Random random)
    {
        var pieces = "[]{}:,-?&*!|>'\"%@`#$<\t\n \0\u00ff~".Select(character => (byte)character).ToArray();
        var damaged = text.ToList();
        for (var cut = random.Next(1, 8); cut > 0; cut--)
        {
            var at = random.Next(damaged.Count);
            if (random.Next(2) == 0)
            {
                damaged.RemoveRange(at, Math.Min(random.Next(40), damaged.Count - at));
            }
            else
            {
                damaged.Insert(at, pieces[random.Next(pieces.Length)]);
            }
        }

        return [.. damaged];
    }

    [Fact]
    public void A_fault_names_its_file_as_the_user_did()
    {
        using var folder = new TemporaryFolder();
        folder.File("schemas/a.json", "{\n  \"typ\": 1\n}");
        folder.File("postroom.yaml", "endpoints: {/a: {kind: form, schema: schemas/a.json}}");

        var fault = Assert.Single(DeclarationLoader.Load(folder.Path, Bare).Faults);

        var place = Path.Combine(folder.Path, "schemas/a.json") + ":2:";
        Assert.StartsWith(place, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_is_kept_as_json()
    {
        using var folder = new TemporaryFolder();
        folder.File("postroom.yaml", "endpoints: {/a: {kind: form, schema: {title: Grüße, maxProperties: 0x10}}}");

        var schema = DeclarationLoader.Load(folder.Path, Bare).Declaration!.Endpoints[0].Schema;

        Assert.Equal("""{"title":"Grüße","maxProperties":16}""", Encoding.UTF8.GetString(schema!.Value.Span));
    }
}
