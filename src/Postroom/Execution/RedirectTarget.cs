using Postroom.Exchange;

namespace Postroom.Execution;

/// <summary>
/// Where a browser goes after a success: the declared page, on the posting page's own origin when that is a listed
/// one, else on ours. Without a declaration it is null, which stands for the receipt of the entry: that address
/// follows from the id.
/// </summary>
internal static class RedirectTarget
{
    public static string? For(PostExchange exchange) =>
        exchange.Plan.Declaration.Redirect is { } redirect && redirect.StartsWith('/')
            && exchange.PageOrigin is { } origin && exchange.Plan.Origins.Contains(origin)
            ? origin + redirect
            : exchange.Plan.Declaration.Redirect;
}
