using System.CommandLine;
using Postroom.Identity;
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
        var listen = new Option<string[]>("--listen")
        {
            Description = "The address that the server listens on, when it was started with one.",
        };
        var data = new Option<string?>("--data")
        {
            Description = "The data folder, when the server was started with one.",
        };
        var command = new Command("link", "Makes a link that signs in to the inbox, once, within 15 minutes.")
        {
            path, listen, data,
        };
        command.SetAction(result => Run(result.GetValue(path)!, result.GetValue(listen) ?? [], result.GetValue(data)));
        return command;
    }

    private static int Run(string path, string[] listen, string? data)
    {
        var declaration = DeclarationFile.Load(path);
        using var store = ReadOnlyStore.Open(data ?? declaration.Data);
        var home = listen.Length == 0 && declaration.Url is { } url
            ? url.GetLeftPart(UriPartial.Authority)
            : ListenAddress.All(listen, lan: false, declaration)[0].Home;
        var links = new SignInLinks(store.Secret, TimeProvider.System, EntropySource.System);
        Console.Out.WriteLine(home + links.MakePath());
        return ExitCodes.Done;
    }
}
