using System.CommandLine;
using Postroom.Server.Backups;

namespace Postroom.Server.Commands;

internal static class BackupCommand
{
    public static Command Make()
    {
        var path = new Argument<string>("PATH")
        {
            Description = DataFolderChoice.PathDescription,
            DefaultValueFactory = _ => ".",
        };
        var to = new Option<string>("--to")
        {
            Description = "The folder that the backup is put into, as a folder of its own.",
            Required = true,
        };
        var data = new Option<string?>("--data") { Description = DataFolderChoice.DataDescription };
        var keep = new Option<int?>("--keep")
        {
            Description = "Keep so many of the newest backups there, and delete older ones once this one is complete.",
        };
        keep.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && int.TryParse(text.Value, out var count) && count < 1)
            {
                result.AddError("--keep takes 1 or more.");
            }
        });
        var command = new Command("backup", "Copies everything that is kept, beside a running server or without one.")
        {
            path, to, data, keep,
        };
        command.SetAction(result => new BackupRun(
            DataFolderChoice.Choose(result.GetValue(path)!, result.GetValue(data)),
            result.GetValue(to)!, result.GetValue(keep), TimeProvider.System, ProgressLine.Standard,
            DataFolderChoice.BucketOf(result.GetValue(path)!)).Run());
        return command;
    }
}
