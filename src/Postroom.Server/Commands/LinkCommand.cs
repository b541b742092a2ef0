using System.CommandLine;
using Postroom.Identity;
using Postroom.Sqlite;
using Postroom.Storage;

namespace Postroom.Server.Commands;

internal static class LinkCommand
{
    public static Command Make()
    {
        var path = new Argument<string>("PATH")
        {
            Description = "The folder with postroom.yaml, or the file itself.",
            DefaultValueFactory = _ => ".",
        };
        var data = new Option<string?>("--data") { Description = "The data folder, when the server was started with one." };
        var command = new Command("link", "Makes a link that signs in to the inbox, once, within 15 minutes.") { path, data };
        command.SetAction(result => Run(result.GetValue(path)!, result.GetValue(data)));
        return command;
    }

    private static int Run(string path, string? data)
    {
        var declaration = DeclarationFile.Load(path);
        using var store = ReadOnlyStore.Open(data ?? declaration.Data);
        var home = declaration.Url?.GetLeftPart(UriPartial.Authority) ?? declaration.Listen[0].TrimEnd('/');
        Console.Out.WriteLine(home + new SignInLinks(store.Secret, TimeProvider.System, EntropySource.System).MakePath());
        return ExitCodes.Done;
    }
}
