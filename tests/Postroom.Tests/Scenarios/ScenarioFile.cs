using System.Globalization;
using Postroom.Tests.Walls;

namespace Postroom.Tests.Scenarios;

/// <summary>
/// A declaration and scenarios for it. A scenario begins with <c>== name</c>; lines with <c>&gt;</c> are the request,
/// with <c>|</c> its body, with <c>&lt;</c> the status and headers of the answer, with <c>:</c> its body: JSON, <c>empty</c>, or a text, behind <c>~</c> where it looks like JSON.
/// </summary>
internal sealed class ScenarioFile
{
    private ScenarioFile(string declaration, IReadOnlyList<Scenario> scenarios)
    {
        Declaration = declaration;
        Scenarios = scenarios;
    }

    public static string Folder => Path.Combine(Repository.Root, "tests/Postroom.Tests/Scenarios/Files");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.scenario").Select(file => Path.GetFileNameWithoutExtension(file)!).Order();

    public string Declaration { get; }

    public IReadOnlyList<Scenario> Scenarios { get; }

    public static ScenarioFile Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, name + ".scenario"));
        var start = Array.FindIndex(lines, line => line.StartsWith("== ", StringComparison.Ordinal));
        var scenarios = new List<Scenario>();
        var at = start;
        while (at < lines.Length)
        {
            var title = lines[at][3..];
            var steps = new List<ScenarioStep>();
            at = Skip(lines, at + 1);
            while (at < lines.Length && lines[at].StartsWith("> ", StringComparison.Ordinal))
            {
                steps.Add(ReadStep(lines, ref at));
                at = Skip(lines, at);
            }

            Assert.True(at == lines.Length || lines[at].StartsWith("== ", StringComparison.Ordinal),
                $"{name}.scenario:{at + 1}: what is this?");
            scenarios.Add(new Scenario(title, steps));
        }

        return new ScenarioFile(string.Join('\n', lines[..start]), scenarios);
    }

    private static ScenarioStep ReadStep(string[] lines, ref int at)
    {
        var line = at + 1;
        var request = Take(lines, ref at, '>');
        var body = Take(lines, ref at, '|');
        var head = Take(lines, ref at, '<');
        var answer = Take(lines, ref at, ':');
        Assert.True(head.Count > 0, $"line {line}: no answer is expected.");
        var space = request[0].IndexOf(' ');
        return new ScenarioStep(
            line, request[0][..space], request[0][(space + 1)..], Headers(request.Skip(1)),
            body.Count == 0 ? null : string.Join('\n', body),
            int.Parse(head[0], CultureInfo.InvariantCulture), Headers(head.Skip(1)),
            answer.Count == 0 ? null : string.Join('\n', answer));
    }

    private static List<string> Take(string[] lines, ref int at, char mark)
    {
        var taken = new List<string>();
        for (; at < lines.Length && lines[at].StartsWith(mark); at++)
        {
            taken.Add(lines[at].Length > 1 ? lines[at][2..] : "");
        }

        return taken;
    }

    private static int Skip(string[] lines, int at)
    {
        while (at < lines.Length && (lines[at].Length == 0 || lines[at][0] == '#'))
        {
            at++;
        }

        return at;
    }

    private static List<(string, string)> Headers(IEnumerable<string> lines) =>
        [.. lines.Select(line => (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim()))];
}
