using System.CommandLine;
using Postroom.Server.Backups;
using Postroom.Server.Erasing;

namespace Postroom.Server.Commands;

internal static class EraseCommand
{
    public static Command Make()
    {
        var path = new Argument<string>("PATH")
        {
            Description = "The folder with postroom.yaml, or the file itself: it says which fields name a person.",
            DefaultValueFactory = _ => ".",
        };
        var person = new Option<string>("--person")
        {
            Description = "Whose entries: an e-mail address, or what else the declared fields hold.",
            Required = true,
        };
        person.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && string.IsNullOrWhiteSpace(text.Value))
            {
                result.AddError("--person takes a value that is not empty.");
            }
        });
        var data = new Option<string?>("--data") { Description = DataFolderChoice.DataDescription };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would be erased, and erase nothing." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var json = new Option<bool>("--json") { Description = "Write the report as JSON." };
        var command = new Command(
            "erase", "Erases all entries of a person for ever, beside a running server or without one.")
        {
            path, person, data, dry, yes, json,
        };
        command.SetAction(result =>
        {
            var declaration = DeclarationFile.Load(result.GetValue(path)!);
            return new EraseRun(
                declaration, DataFolderChoice.Of(declaration, result.GetValue(data)), result.GetValue(person)!,
                result.GetValue(dry), result.GetValue(yes), result.GetValue(json), TimeProvider.System,
                ProgressLine.Standard).RunAsync();
        });
        return command;
    }
}
