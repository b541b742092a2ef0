using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Postroom.Exchange;

/// <summary>
/// An answer that goes out before the body was read ends the connection (RFC 9110 §10.1.1, RFC 9112 §9.3): a client
/// that expects 100 may leave the body out, and then its next request would be read as that body.
/// </summary>
internal static class UnreadBody
{
    public static void Close(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false })
        {
            CloseConnection(http);
        }
    }

    /// <summary>
    /// HTTP/2 and HTTP/3 end the stream instead, and know no such header (RFC 9113 §8.2.2).
    /// </summary>
    public static void CloseConnection(HttpContext http)
    {
        if (IsHttp1(http.Request.Protocol))
        {
            http.Response.Headers.Connection = "close";
        }
    }

    private static bool IsHttp1(string protocol) => HttpProtocol.IsHttp11(protocol) || HttpProtocol.IsHttp10(protocol);
}
