using System.CommandLine;
using Postroom.Declarations;
using Postroom.Description;
using Postroom.Plans;

namespace Postroom.Server.Commands;

internal static class OpenApiCommand
{
    public static Command Make()
    {
        var path = new Argument<string>("PATH")
        {
            Description = "The folder with postroom.yaml, or the file itself.",
            DefaultValueFactory = _ => ".",
        };
        var command = new Command("openapi", "Prints the OpenAPI 3.1 description of a declaration's endpoints.")
        {
            path,
        };
        command.SetAction(result =>
        {
            var declaration = DeclarationFile.Load(result.GetValue(path)!);
            using var output = Console.OpenStandardOutput();
            output.Write(ApiDescription.Of(declaration, Compile(declaration)).ToJson());
            return ExitCodes.Done;
        });
        return command;
    }

    private static List<EndpointPlan> Compile(PostroomDeclaration declaration)
    {
        var faults = new List<DeclarationFault>();
        var plans = declaration.Endpoints
            .Select(endpoint => PlanCompiler.Compile(declaration, endpoint, null, null, faults)).ToList();
        return faults.Count == 0
            ? [.. plans.Select(plan => plan!)]
            : throw new CommandException(string.Join(Environment.NewLine, faults));
    }
}
