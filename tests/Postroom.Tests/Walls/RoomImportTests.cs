using System.Text.RegularExpressions;

namespace Postroom.Tests.Walls;

/// <summary>Imports go down only: the folders of the library are rooms, and their order is stated here once.</summary>
public sealed partial class RoomImportTests
{
    private const string Library = "src/Postroom/";

    /// <summary>From the bottom to the top; rooms on one line do not import each other.</summary>
    private static readonly string[][] Levels =
    [
        ["Faults"],
        ["Expressions"],
        ["Declarations"],
        ["Storage"],
        ["Plans"],
        ["Exchange"],
        ["Answers"],
        ["Receiving", "Parsing", "Authorization", "Idempotency", "Validation", "Execution", "Responding", "Delivery", "Identity", "Files"],
        ["Endpoints"],
        ["Description"],
        ["Hosting"],
    ];

    [Fact]
    public void No_room_imports_one_beside_or_above_it()
    {
        var wrong =
            from file in Repository.Sources(Library.TrimEnd('/'))
            let room = RoomOf(file)
            from line in file.Lines
            let import = Import().Match(line)
            where import.Success
            let other = import.Groups["room"].Value
            where other != room && LevelOf(other) >= LevelOf(room)
            select $"{file.Path}: {room} imports {other}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_of_the_library_is_a_room_that_is_known()
    {
        var unknown = Directory.GetDirectories(Path.Combine(Repository.Root, Library)).Select(Path.GetFileName)
            .Where(name => name is not ("obj" or "bin") && LevelOf(name!) < 0);
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_file_lives_in_the_room_that_its_namespace_names()
    {
        var wrong =
            from file in Repository.Sources(Library.TrimEnd('/'))
            let name = file.Lines.Select(line => Namespace().Match(line)).FirstOrDefault(match => match.Success)?.Groups["name"].Value
            where name is not null && !name.StartsWith("Microsoft.", StringComparison.Ordinal)
                && name.Split('.').ElementAtOrDefault(1) != RoomOf(file)
            select $"{file.Path}: {name}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Rooms_are_imported_by_using_lines_that_everybody_sees()
    {
        var hidden =
            from file in Repository.Sources(Library.TrimEnd('/'))
            from line in file.Lines
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
                && (Qualified().IsMatch(line) || line.StartsWith("global using Postroom", StringComparison.Ordinal))
            select $"{file.Path}: {line.Trim()}";
        Assert.Empty(hidden);
    }

    [Fact]
    public void The_schema_library_knows_nothing_of_HTTP_or_of_Postroom()
    {
        var wrong =
            from file in Repository.Sources("src/Postroom.JsonSchema")
            from line in file.Lines
            where line.StartsWith("using Microsoft.AspNetCore", StringComparison.Ordinal)
                || (line.StartsWith("using Postroom.", StringComparison.Ordinal)
                    && !line.StartsWith("using Postroom.JsonSchema", StringComparison.Ordinal))
            select $"{file.Path}: {line}";
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    [InlineData("S3")]
    public void An_engine_knows_the_contract_and_no_other_engine(string engine)
    {
        var wrong =
            from file in Repository.Sources($"src/Postroom.{engine}")
            from line in file.Lines
            let import = Import().Match(line)
            where import.Success
            let other = import.Groups["room"].Value
            where other != engine && other is not ("Faults" or "Expressions" or "Storage" or "Files" or "Hosting")
            select $"{file.Path}: {other}";
        Assert.Empty(wrong);
    }

    private static string RoomOf(SourceFile file) => file.Path[Library.Length..].Split('/')[0];

    private static int LevelOf(string room) => Array.FindIndex(Levels, level => level.Contains(room));

    [GeneratedRegex(@"^\s*using (static )?(\w+ = )?Postroom\.(?<room>(?!JsonSchema)\w+)", RegexOptions.None, 1000)]
    private static partial Regex Import();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.None, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"(?<!using (static )?(\w+ = )?|namespace |cref="")\bPostroom\.(Faults|Expressions|Declarations|Storage|Plans|Exchange|Answers|Receiving|Parsing|Authorization|Idempotency|Validation|Execution|Responding|Delivery|Identity|Endpoints|Description|Hosting)\.",
        RegexOptions.None, 1000)]
    private static partial Regex Qualified();
}
