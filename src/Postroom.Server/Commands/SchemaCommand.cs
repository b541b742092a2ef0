using System.CommandLine;
using Postroom.Declarations.Loading;

namespace Postroom.Server.Commands;

internal static class SchemaCommand
{
    public static Command Make()
    {
        var command = new Command("schema", "Prints the JSON Schema of postroom.yaml, for editors.");
        command.SetAction(_ =>
        {
            using var output = Console.OpenStandardOutput();
            output.Write(DeclarationSchema.Text.Span);
            return ExitCodes.Done;
        });
        return command;
    }
}
