using System.Diagnostics;

namespace Postroom.Server.Tests.Programs;

/// <summary>What to start, and in which surroundings.</summary>
internal sealed record ProgramStart(string Program, params string[] Arguments)
{
    public string? Folder { get; init; }

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public TimeSpan? Patience { get; init; }

    public ProcessStartInfo Info()
    {
        var info = new ProcessStartInfo(Program, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder ?? "",
        };
        info.Environment.Remove("PORT");
        foreach (var (name, value) in Variables)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
