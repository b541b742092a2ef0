using Postroom.Declarations;

namespace Postroom.Tests.Declarations;

/// <summary>
/// Every <c>Cases/x.yaml</c> is loaded; <c>x.txt</c> holds what is said of it. POSTROOM_REWRITE_EXPECTED=1 writes the
/// texts anew: read the difference before it is committed. A first line <c># no identity</c> loads as the server
/// program does.
/// </summary>
public sealed class DeclarationCaseTests
{
    private static readonly string Folder = RepositoryFolder.Path("tests/Postroom.Tests/Declarations/Cases");

    public static TheoryData<string> Names =>
        new(Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_declaration_gets_the_expected_faults_or_values(string name)
    {
        var file = Path.Combine(Folder, name + ".yaml");
        var expected = Path.ChangeExtension(file, ".txt");

        var said = DeclarationWords.Of(DeclarationLoader.Load(file, Context(file)), Folder);

        if (Environment.GetEnvironmentVariable("POSTROOM_REWRITE_EXPECTED") == "1")
        {
            File.WriteAllText(expected, said);
        }

        Assert.True(File.Exists(expected), $"{name}.txt is missing. It would hold:\n{said}");
        Assert.Equal(File.ReadAllText(expected), said);
    }

    [Fact]
    public void Every_expectation_has_its_case() =>
        Assert.All(
            Directory.GetFiles(Folder, "*.txt"),
            file => Assert.True(File.Exists(Path.ChangeExtension(file, ".yaml"))));

    private static DeclarationContext Context(string file)
    {
        var first = File.ReadLines(file).FirstOrDefault() ?? "";
        return new()
        {
            IdentityAvailable = first != "# no identity",
            Environment = name => name switch
            {
                "GREETING" => "Hello",
                "LIMIT" => "2000",
                "EMPTY" => "",
                "MULTILINE" => "first\nsecond: {third}",
                _ => null,
            },
        };
    }
}
