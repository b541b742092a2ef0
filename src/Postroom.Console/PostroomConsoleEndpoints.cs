using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postroom.Inbox;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the inbox into an application.</summary>
public static class PostroomConsoleEndpoints
{
    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps the inbox under <c>/_postroom/</c>: entries, what is held, what was refused, signing in by a one-time link,
    /// and the stylesheet of every page that Postroom renders. It works with the registered store, trace store,
    /// <see cref="TimeProvider"/> and entropy source, which are asked for at the first request. Signing in works over
    /// https, or over http on a loopback host.
    /// </summary>
    /// <param name="endpoints">Where to map.</param>
    /// <returns>The same, to go on.</returns>
    public static IEndpointRouteBuilder MapPostroomConsole(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        // An exception is not kept: a request that comes before the store is open must not spoil those after it.
        var services = new Lazy<ConsoleServices>(
            () => new ConsoleServices(endpoints.ServiceProvider), LazyThreadSafetyMode.PublicationOnly);
        var gate = new ConsoleGate(services);

        MapOpen(endpoints, new SignInActions(services), new ConsoleAssets());
        endpoints.MapPost(ConsolePaths.SignOut, gate.Acting(new SignInActions(services).SignOutAsync));

        var inbox = new InboxPages(services);
        Show(endpoints, ConsolePaths.Inbox, gate.Reading(inbox.InboxAsync));
        Show(endpoints, ConsolePaths.Held, gate.Reading(inbox.HeldAsync));
        endpoints.MapPost(ConsolePaths.RunHeld, gate.Acting(new RunAllAction(services).RunAsync));

        var refused = new RefusedPages(services);
        Show(endpoints, ConsolePaths.Refused, gate.Reading(refused.ListAsync));
        Show(endpoints, ConsolePaths.Refused + "/{id}", gate.Reading(refused.ShowAsync));

        var entries = new EntryPages(services);
        Show(endpoints, ConsolePaths.Entries + "{id}", gate.Reading(entries.ShowAsync));
        Show(endpoints, ConsolePaths.Entries + "{id}/document", gate.Reading(entries.DocumentAsync));
        var files = new FilePages(services);
        Show(endpoints, ConsolePaths.Entries + "{id}/files/{file}", gate.Reading(files.SaveAsync));
        Show(endpoints, ConsolePaths.Entries + "{id}/body", gate.Reading(files.SaveBodyAsync));
        Show(endpoints, ConsolePaths.Entries + "{id}/delete", gate.Reading(entries.AskDeleteAsync));
        endpoints.MapPost(ConsolePaths.Entries + "{id}/delete", gate.Acting(entries.DeleteAsync));
        endpoints.MapPost(ConsolePaths.Entries + "{id}/release", gate.Acting(entries.ReleaseAsync));
        endpoints.MapPost(ConsolePaths.Entries + "{id}/run", gate.Acting(entries.RunAgainAsync));
        endpoints.MapPost(ConsolePaths.Entries + "{id}/mark", gate.Acting(entries.MarkAsync));
        return endpoints;
    }

    private static void MapOpen(IEndpointRouteBuilder endpoints, SignInActions signIn, ConsoleAssets assets)
    {
        Show(endpoints, "/_postroom/assets/{name}", assets.ServeAsync);
        Show(endpoints, ConsolePaths.SignIn, signIn.ShowAsync);
        endpoints.MapPost(ConsolePaths.SignIn, signIn.SignInAsync);
    }

    private static void Show(IEndpointRouteBuilder endpoints, string pattern, RequestDelegate page) =>
        endpoints.MapMethods(pattern, s_reading, page);
}
