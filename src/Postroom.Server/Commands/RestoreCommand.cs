using System.CommandLine;
using Postroom.Server.Backups;

namespace Postroom.Server.Commands;

internal static class RestoreCommand
{
    public static Command Make()
    {
        var backup = new Argument<string>("BACKUP") { Description = "The folder of the backup." };
        var data = new Option<string>("--data")
        {
            Description = "The data folder to make. It must be empty, or not be there yet.",
            Required = true,
        };
        var command = new Command("restore", "Checks a backup and makes a data folder from it.") { backup, data };
        command.SetAction(result => new RestoreRun(
            result.GetValue(backup)!, result.GetValue(data)!, ProgressLine.Standard).Run());
        return command;
    }
}
