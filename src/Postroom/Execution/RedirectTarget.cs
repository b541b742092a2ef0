using Postroom.Declarations.Loading;
using Postroom.Exchange;
using DeclaredTarget = Postroom.Declarations.Loading.RedirectTarget;

namespace Postroom.Execution;

/// <summary>
/// Where a browser goes after a success: where its form asks for, when that is ours or listed, else the declared page.
/// A path is one of the posting page's own origin when that is a listed one, else of ours. Without either it is null,
/// which stands for the receipt of the entry: that address follows from the id.
/// </summary>
internal static class RedirectTarget
{
    /// <summary>What every browser and proxy takes in a header.</summary>
    private const int LengthMax = 2048;

    public static string? For(PostExchange exchange) => OnPage(exchange, Asked(exchange))
        ?? OnPage(exchange, exchange.Plan.Declaration.Redirect);

    private static string? OnPage(PostExchange exchange, string? target) =>
        target is not null && target.StartsWith('/')
            && exchange.PageOrigin is { } origin && exchange.Plan.Origins.Contains(origin)
            ? origin + target
            : target;

    /// <summary>
    /// What the form asks for. Whoever makes the form chooses it, so it leads to no other place than a declared one
    /// could (CWE-601); what leads elsewhere is left out, and the log says so.
    /// </summary>
    private static string? Asked(PostExchange exchange)
    {
        if (ControlFields.Redirect(exchange) is not { } field)
        {
            return null;
        }

        var target = Read(exchange, field.Value, out var fault);
        if (fault is not null)
        {
            exchange.Remark = $"{field.Key} is ignored: "
                + (exchange.Plan.IsDevelopment ? fault : "it leads to no page of a listed origin");
        }

        return target;
    }

    private static string? Read(PostExchange exchange, string text, out string? fault)
    {
        if (text.Length > LengthMax)
        {
            fault = $"it is longer than {LengthMax} characters";
            return null;
        }

        var request = exchange.Http.Request;
        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            // Pages of old leave out the scheme, which then is that of the page (RFC 3986 §4.2).
            var page = exchange.PageOrigin ?? request.Scheme + ":";
            text = page[..(page.IndexOf(':', StringComparison.Ordinal) + 1)] + text;
        }

        IEnumerable<string> origins = exchange.Plan.Origins;
        if (exchange.Plan.IsDevelopment && WebAddress.TryParse($"{request.Scheme}://{request.Host.Value}", out var own))
        {
            origins = origins.Append(OriginText.Of(own));
        }

        var target = DeclaredTarget.Parse(text, origins, out fault);
        if (target is null || target.StartsWith('/'))
        {
            return target;
        }

        // Written anew, so that a browser reads the origin that was judged.
        var address = new Uri(target);
        return OriginText.Of(address) + address.PathAndQuery + address.Fragment;
    }
}
