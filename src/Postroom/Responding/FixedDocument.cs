using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Exchange;

namespace Postroom.Responding;

/// <summary>
/// A document that is the same for everybody as long as the program runs, with a tag, and compressed for who takes it
/// so. Not for what holds a secret or repeats what was sent: see <see cref="Compression"/>.
/// </summary>
/// <param name="bytes">The document.</param>
/// <param name="mediaType">Its type.</param>
/// <param name="isForEveryOrigin">Whether pages of other origins may read it, as a module must be read.</param>
internal sealed class FixedDocument(byte[] bytes, string mediaType, bool isForEveryOrigin = false)
{
    private readonly string _digest = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
    private readonly Lazy<byte[]?> _brotli = new(() => Compression.Compress(bytes, ContentCoding.Brotli));
    private readonly Lazy<byte[]?> _gzip = new(() => Compression.Compress(bytes, ContentCoding.Gzip));

    /// <summary>Answers a GET or HEAD.</summary>
    public Task ServeAsync(HttpContext http)
    {
        var coding = AcceptEncoding.Choose(http.Request.Headers.AcceptEncoding);
        var coded = coding switch
        {
            ContentCoding.Brotli => _brotli.Value,
            ContentCoding.Gzip => _gzip.Value,
            _ => null,
        };

        // RFC 9110 §8.8.3.3: another coding is another representation, with a tag of its own.
        var tag = coded is null ? $"\"{_digest}\"" : $"\"{_digest}-{Compression.Name(coding)}\"";
        WriteHeaders(http.Response, tag);
        if (IsKnown(http.Request.Headers.IfNoneMatch, tag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        if (coded is not null)
        {
            http.Response.Headers.ContentEncoding = Compression.Name(coding);
        }

        var body = coded ?? bytes;
        http.Response.ContentType = mediaType;
        http.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    // Kept but asked for each time: after an upgrade no page stands there in yesterday's clothes.
    private void WriteHeaders(HttpResponse response, string tag)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.ETag = tag;
        response.Headers["Cross-Origin-Resource-Policy"] = isForEveryOrigin ? "cross-origin" : "same-origin";
        if (isForEveryOrigin)
        {
            response.Headers.AccessControlAllowOrigin = "*";
        }
    }

    // Weak comparison and "*" (RFC 9110 §13.1.2).
    private static bool IsKnown(IEnumerable<string?> conditions, string tag) => conditions
        .SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Any(known => known == "*" || known == tag || known == "W/" + tag);
}
