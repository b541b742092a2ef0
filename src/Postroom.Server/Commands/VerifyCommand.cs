using System.CommandLine;
using Postroom.Server.Verifying;

namespace Postroom.Server.Commands;

internal static class VerifyCommand
{
    public static Command Make()
    {
        var path = new Argument<string>("PATH")
        {
            Description = DataFolderChoice.PathDescription,
            DefaultValueFactory = _ => ".",
        };
        var data = new Option<string?>("--data") { Description = DataFolderChoice.DataDescription };
        var deep = new Option<bool>("--deep") { Description = "Read the bytes of all files as well." };
        var json = new Option<bool>("--json") { Description = "Write the report as JSON." };
        var command = new Command(
            "verify", "Checks everything that is kept, beside a running server or without one, and changes nothing.")
        {
            path, data, deep, json,
        };
        command.SetAction(result => new VerifyRun(
            DataFolderChoice.Choose(result.GetValue(path)!, result.GetValue(data)),
            result.GetValue(deep), result.GetValue(json), TimeProvider.System,
            DataFolderChoice.BucketOf(result.GetValue(path)!)).Run());
        return command;
    }
}
