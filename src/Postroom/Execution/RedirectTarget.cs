using Postroom.Exchange;
using Postroom.Storage;

namespace Postroom.Execution;

/// <summary>
/// Where a browser goes after a success: the declared page, on the posting page's own origin when that is a listed one,
/// else on ours; without a declaration the receipt of the entry.
/// </summary>
internal sealed class RedirectTarget(IPostStore store)
{
    private readonly SignedId _receipts = new(store.Secret.Span, "receipt");

    public string For(PostExchange exchange)
    {
        if (exchange.Plan.Declaration.Redirect is not { } redirect)
        {
            return "/_postroom/receipts/" + _receipts.Make(exchange.Id, "");
        }

        return redirect.StartsWith('/') && exchange.PageOrigin is { } origin && exchange.Plan.Origins.Contains(origin)
            ? origin + redirect
            : redirect;
    }
}
