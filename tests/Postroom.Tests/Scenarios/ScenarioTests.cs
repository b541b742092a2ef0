using Postroom.Tests.Hosts;

namespace Postroom.Tests.Scenarios;

/// <summary>Every scenario of every file, on the stores that are inside a process.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string, string> Files
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in ScenarioFile.Names)
            {
                data.Add(name, "memory");
                data.Add(name, "sqlite");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task It_goes_as_it_is_written(string name, string kind)
    {
        var file = ScenarioFile.Read(name);
        var wrong = new List<string>();
        foreach (var scenario in file.Scenarios)
        {
            using var store = new StoreKind(kind);
            if (await ScenarioRun.RunAsync(file.Declaration, scenario, store.Choose) is { } different)
            {
                wrong.Add(different);
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }
}
