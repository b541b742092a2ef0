using System.Text.RegularExpressions;

namespace Postroom.Tests.Walls;

/// <summary>The house style that a machine can judge. It fails the build, so nobody has to say it in a review.</summary>
public sealed partial class FileShapeTests
{
    private const int LinesMax = 400;
    private const int ColumnsMax = 120;
    private const int MethodLinesMax = 70;

    private static IEnumerable<SourceFile> Shipped => Repository.Sources("src");

    private static IEnumerable<SourceFile> All => Repository.Sources("src", "tests", "bench", "examples");

    [Fact]
    public void Files_are_short() =>
        Assert.Empty(All.Where(file => file.Lines.Length > LinesMax).Select(file => $"{file.Path}: {file.Lines.Length} lines"));

    [Fact]
    public void Lines_are_short() => Assert.Empty(
        from file in Shipped
        from line in file.Lines.Index()
        where line.Item.Length > ColumnsMax
        select $"{file.Path}:{line.Index + 1}: {line.Item.Length} columns");

    [Fact]
    public void A_file_holds_one_type() => Assert.Empty(
        from file in Shipped
        let types = file.Lines.Count(line => TopLevelType().IsMatch(line))
        where types > 1
        select $"{file.Path}: {types} types");

    [Fact]
    public void No_name_is_a_grab_bag() => Assert.DoesNotContain(
        All, file => GrabBag().IsMatch(Path.GetFileNameWithoutExtension(file.Path)));

    [Fact]
    public void Methods_are_short() => Assert.Empty(Shipped.SelectMany(LongMethods));

    [Fact]
    public void Nothing_is_left_to_do() => Assert.Empty(
        from file in Shipped
        from line in file.Lines
        where Unfinished().IsMatch(line)
        select $"{file.Path}: {line.Trim()}");

    [Fact]
    public void Classes_are_sealed_static_or_abstract() => Assert.Empty(
        from file in Shipped
        from line in file.Lines
        where OpenClass().IsMatch(line) && !file.Path.EndsWith("Exception.cs", StringComparison.Ordinal)
            && file.Path != "src/Postroom/Storage/EntropySource.cs"
        select $"{file.Path}: {line.Trim()}");

    [Fact]
    public void Logs_go_through_generated_messages() => Assert.Empty(
        from file in Shipped
        from line in file.Lines
        where DirectLog().IsMatch(line)
        select $"{file.Path}: {line.Trim()}");

    /// <summary>A member begins at one step of indent and ends with a brace there.</summary>
    private static IEnumerable<string> LongMethods(SourceFile file)
    {
        var start = -1;
        for (var index = 0; index < file.Lines.Length; index++)
        {
            if (file.Lines[index] == "    {")
            {
                start = index;
            }
            else if (file.Lines[index] == "    }" && start >= 0)
            {
                if (index - start > MethodLinesMax && !file.Lines[start - 1].Contains(" class ", StringComparison.Ordinal))
                {
                    yield return $"{file.Path}:{start}: {index - start} lines";
                }

                start = -1;
            }
        }
    }

    [GeneratedRegex(@"^(public |internal |file )?(sealed |static |abstract |readonly |partial |ref |unsafe )*(class|record|struct|interface|enum|record struct) \w+", RegexOptions.None, 1000)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"(Util|Utils|Utility|Helper|Helpers|Common|Manager)$", RegexOptions.None, 1000)]
    private static partial Regex GrabBag();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException", RegexOptions.None, 1000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^(public|internal) (partial )?class ", RegexOptions.None, 1000)]
    private static partial Regex OpenClass();

    [GeneratedRegex(@"\.Log(Information|Warning|Error|Debug|Trace|Critical)\(", RegexOptions.None, 1000)]
    private static partial Regex DirectLog();
}
