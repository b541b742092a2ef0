using System.CommandLine;
using Postroom.Declarations;
using Postroom.Description;

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
            var faults = new List<DeclarationFault>();
            var plans = DeclaredPlans.Compile(declaration, faults);
            if (faults.Count > 0)
            {
                throw new CommandException(string.Join(Environment.NewLine, faults));
            }

            using var output = Console.OpenStandardOutput();
            output.Write(ApiDescription.Of(declaration, plans).ToJson());
            return ExitCodes.Done;
        });
        return command;
    }
}
