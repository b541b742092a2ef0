using System.Net;
using Microsoft.AspNetCore.Http;
using Postroom.Identity;

namespace Postroom.Inbox;

/// <summary>
/// The cookie of the inbox. Over https it is bound to this host (<c>__Host-</c>, RFC 6265bis §4.1.3.2); browsers take
/// no such name over plain http, so on the machine itself it has a plain one. Over plain http from elsewhere there is
/// none: everybody on the way could read it.
/// </summary>
internal static class SessionCookie
{
    public const string SecureName = "__Host-postroom";
    public const string LoopbackName = "postroom";

    /// <summary>The cookie's name for this request; null where no session may be had.</summary>
    public static string? NameFor(HttpRequest request) =>
        request.IsHttps ? SecureName : IsLoopback(request.Host.Host) ? LoopbackName : null;

    public static string? Read(HttpRequest request) =>
        NameFor(request) is { } name ? request.Cookies[name] : null;

    public static void Write(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(name, value, Options(context, ConsoleSessions.Life));

    public static void Clear(HttpContext context, string name) =>
        context.Response.Cookies.Append(name, "", Options(context, TimeSpan.Zero));

    // Strict: links from other sites open the inbox without the session, and the page they meet leads on from here.
    private static CookieOptions Options(HttpContext context, TimeSpan life) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = life,
        IsEssential = true,
    };

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
