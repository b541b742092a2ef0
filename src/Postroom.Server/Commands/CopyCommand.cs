using System.CommandLine;
using System.Data.Common;
using Postroom.Server.Backups;
using Postroom.Server.Copying;
using Postroom.Sqlite.Engine;
using Postroom.Storage.Copying;

namespace Postroom.Server.Commands;

internal static class CopyCommand
{
    public static Command Make()
    {
        var from = new Option<string>("--from")
        {
            Description = "What is copied: sqlite:FOLDER or postgres://USER@HOST/DATABASE. No server may run on it.",
            Required = true,
        };
        var to = new Option<string>("--to")
        {
            Description = "Where to: a folder or a database without a store, or the copy that was begun there.",
            Required = true,
        };
        var files = new Option<string?>("--files")
        {
            Description = "The data folder of the nodes on PostgreSQL, if it is not that of the SQLite side.",
        };
        var command = new Command(
            "copy", "Moves everything that is kept between SQLite and PostgreSQL, and compares the two sides.")
        {
            from, to, files,
        };
        command.SetAction((result, cancel) => RunAsync(
            new CopyPlaces(
                CopyAddress.Read("--from", result.GetValue(from)!), CopyAddress.Read("--to", result.GetValue(to)!),
                result.GetValue(files)),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(CopyPlaces places, CancellationToken cancel)
    {
        try
        {
            return await places.RunAsync(TimeProvider.System, ProgressLine.Standard, Console.Out, cancel);
        }
        catch (CopyRefusedException refused)
        {
            throw new CommandException(refused.Message);
        }
        catch (Exception failure) when (failure is DbException or SqliteException or IOException)
        {
            throw new CommandException(
                $"The copy stopped: {failure.Message} Put that right and run the same command again: it goes on where "
                + "it stopped.");
        }
    }
}
