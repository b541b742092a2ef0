using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Declarations;
using Postroom.Identity;
using Postroom.Postgres;
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
        command.SetAction((result, cancel) =>
            RunAsync(result.GetValue(path)!, result.GetValue(listen) ?? [], result.GetValue(data), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string path, string[] listen, string? data, CancellationToken cancel)
    {
        var declaration = DeclarationFile.Load(path);
        var home = listen.Length == 0 && declaration.Url is { } url
            ? url.GetLeftPart(UriPartial.Authority)
            : ListenAddress.All(listen, lan: false, declaration)[0].Home;
        var secret = await SecretAsync(declaration, data, cancel);
        var links = new SignInLinks(secret, TimeProvider.System, EntropySource.System);
        Console.Out.WriteLine(home + links.MakePath());
        return ExitCodes.Done;
    }

    private static async Task<ReadOnlyMemory<byte>> SecretAsync(
        PostroomDeclaration declaration, string? data, CancellationToken cancel)
    {
        if (declaration.Store.Postgres is { } database)
        {
            await using var shared = await PostgresPostStore.OpenAsync(
                new PostgresStoreOptions { ConnectionString = database }, TimeProvider.System, EntropySource.System,
                NullLogger.Instance, cancel);
            return shared.Secret;
        }

        using var store = ReadOnlyStore.Open(data ?? declaration.Data);
        return store.Secret;
    }
}
