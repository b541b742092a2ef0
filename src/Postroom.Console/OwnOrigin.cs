using Microsoft.AspNetCore.Http;

namespace Postroom.Inbox;

/// <summary>
/// Tells whether a browser says that a POST comes from a page of this very origin: by Fetch Metadata, and by Origin for
/// browsers (or addresses) without it. A request that says nothing is not believed, because it brings a cookie.
/// </summary>
internal static class OwnOrigin
{
    public static bool Posted(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
        {
            return site.Count == 1 && site[0] is "same-origin" or "none";
        }

        var origin = request.Headers.Origin;
        return origin.Count == 1
            && string.Equals(origin[0], $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }
}
