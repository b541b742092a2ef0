using System.CommandLine;
using Postroom.Server.Commands;

var root = new RootCommand("Postroom receives what the web POSTs, and keeps it exactly once.")
{
    ServeCommand.Make(),
    CheckCommand.Make(),
    NewCommand.Make(),
    SchemaCommand.Make(),
    LinkCommand.Make(),
    ExportCommand.Make(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await parsed.InvokeAsync();
    return ExitCodes.Usage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    });
}
catch (CommandException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return ExitCodes.Failed;
}
