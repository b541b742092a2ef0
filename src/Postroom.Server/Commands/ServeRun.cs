using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Postgres;
using Postroom.S3;
using Postroom.Server.Buckets;
using Postroom.Server.Certificates;
using Postroom.Server.Logging;
using Postroom.Server.Sites;
using Postroom.Sqlite;
using Postroom.Storage;

namespace Postroom.Server.Commands;

/// <summary>
/// Builds the server over the library, runs it, and turns what can go wrong at the start into sentences.
/// </summary>
internal static class ServeRun
{
    public static async Task<int> RunAsync(ServeOptions options, CancellationToken cancel)
    {
        var declaration = DeclarationFile.Load(options.Path);
        var addresses = ListenAddress.All(options.Listen, options.Lan, declaration);
        var app = Build(options, declaration, addresses);
        await using (app)
        {
            await StartAsync(app, addresses, cancel);
            var output = options.Log == "json" ? Console.Error : Console.Out;
            Banner.Write(output, app, declaration, options, Addresses(app));
            var poisoned = app.Services.GetRequiredService<IPostStore>().Poisoned;
            await app.WaitForShutdownAsync(cancel);
            return poisoned.IsCancellationRequested ? ExitCodes.Poisoned : ExitCodes.Done;
        }
    }

    private static WebApplication Build(
        ServeOptions options, PostroomDeclaration declaration, IReadOnlyList<ListenAddress> addresses)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "Postroom.Server",
        });
        ServerLogging.Configure(builder.Logging, options.Log);
        builder.WebHost.UseKestrelCore().UsePostroomKestrel();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var address in addresses)
            {
                address.Apply(kestrel);
            }
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Drain);
        var postroom = builder.AddPostroom(new PostroomOptions
        {
            File = options.Path,
            Data = options.Data,
            HasIdentity = false,
        });
        _ = declaration.Store.Postgres is { } database ? postroom.UsePostgres(database) : postroom.UseSqlite();
        if (declaration.Store.Bucket is { } bucket)
        {
            postroom.UseS3(BucketFiles.OptionsOf(bucket));
        }

        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        AddCertificates(builder.Services, options, declaration, addresses);

        var app = builder.Build();
        HttpsRule.Use(app);
        Site.Use(app, declaration);
        app.MapPostroom();
        app.MapPostroomConsole();
        return app;
    }

    /// <summary>After AddPostroom, whose service opens the data folder first.</summary>
    private static void AddCertificates(
        IServiceCollection services, ServeOptions options, PostroomDeclaration declaration,
        IReadOnlyList<ListenAddress> addresses)
    {
        if (CertificateChoice.For(declaration, addresses) is not { } tls)
        {
            return;
        }

        var folder = Path.GetFullPath(options.Data ?? declaration.Data);
        var names = new CertificateNames(declaration.Url, NetworkAddress.Find());
        services.AddSingleton(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            return new CertificateHost(
                tls, names, folder, new FileSystemFolderWatch(time), time,
                provider.GetRequiredService<ILogger<CertificateHost>>());
        });
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<CertificateHost>());
    }

    private static async Task StartAsync(
        WebApplication app, IReadOnlyList<ListenAddress> addresses, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new CommandException(Busy(addresses, exception.Message).BusyMessage);
        }
        catch (IOException exception)
            when (exception.InnerException is AggregateException { InnerExceptions: [var first, ..] })
        {
            throw new CommandException($"{exception.Message} {first.Message}.");
        }
        catch (SocketException exception)
        {
            throw new CommandException($"Cannot listen on {addresses[0].Text}: {exception.Message}.");
        }
    }

    /// <summary>
    /// The server names the address in its message only: "… http://127.0.0.1:3000: address already in use."
    /// </summary>
    private static ListenAddress Busy(IReadOnlyList<ListenAddress> addresses, string message) =>
        addresses.FirstOrDefault(address => message.Contains($":{address.Port}:", StringComparison.Ordinal))
        ?? addresses[0];

    private static IReadOnlyList<string> Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
}
