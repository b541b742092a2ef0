using System.CommandLine;
using Postroom.Hosting;
using Postroom.Postgres;
using Postroom.Server.Commands;
using Postroom.Sqlite;

var root = new RootCommand("Postroom receives what the web POSTs, and keeps it exactly once.")
{
    ServeCommand.Make(),
    CheckCommand.Make(),
    NewCommand.Make(),
    SchemaCommand.Make(),
    OpenApiCommand.Make(),
    LinkCommand.Make(),
    ExportCommand.Make(),
    BackupCommand.Make(),
    RestoreCommand.Make(),
    VerifyCommand.Make(),
    EraseCommand.Make(),
    CopyCommand.Make(),
};
root.HelpName = "postroom";

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
catch (Exception exception) when (exception
    is CommandException or DeclarationException or StoreStartException or PostgresStartException or IOException
    or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return ExitCodes.Failed;
}
