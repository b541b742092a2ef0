using Postroom.Server.Tests.Programs;
using Postroom.Tests.Walls;

namespace Postroom.Server.Tests.Description;

/// <summary>The tools of others that read OpenAPI, from npm; tests that need them are skipped where they cannot be had.</summary>
public sealed class DescriptionTools : IAsyncLifetime
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "web", "openapi");

    private static string Modules => Path.Combine(Folder, "node_modules");

    public async ValueTask InitializeAsync()
    {
        if (!Directory.Exists(Path.Combine(Modules, "openapi-typescript")) && File.Exists("/usr/bin/env"))
        {
            await PostroomProgram.RunAsync(new ProgramStart("/usr/bin/env", "npm", "ci", "--silent") { Folder = Folder, Patience = TimeSpan.FromMinutes(5) });
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static void Require() => Assert.SkipUnless(
        Directory.Exists(Path.Combine(Modules, "openapi-typescript")), "The packages of tests/web/openapi cannot be had: there is no npm, or it cannot fetch them.");

    /// <summary>Runs one of the tools.</summary>
    internal static Task<ProgramResult> RunAsync(string tool, string folder, params string[] arguments) =>
        PostroomProgram.RunAsync(new ProgramStart(Path.Combine(Modules, ".bin", tool), arguments)
        {
            Folder = folder,
            Variables = new Dictionary<string, string> { ["REDOCLY_TELEMETRY"] = "off", ["NO_COLOR"] = "1" },
        });

    /// <summary>Lets what lies in a folder find the packages.</summary>
    internal static void Lend(TestFolder folder) => Directory.CreateSymbolicLink(folder["node_modules"], Modules);
}
