using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Postroom.S3.Requests;

/// <summary>
/// Signs requests with an access key: AWS Signature Version 4, "Authenticating Requests: Using the Authorization
/// Header". The body's digest is signed with it, so that a server takes no body but ours.
/// </summary>
internal sealed class S3Signature(string region, string accessKey, string secretKey)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    // "URI encode every byte except the unreserved characters", in capital hexadecimal digits.
    private static readonly SearchValues<char> s_unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>The headers of a signed request, <c>host</c> among them.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="root">The address of the bucket.</param>
    /// <param name="bodyDigest">The SHA-256 of the body.</param>
    /// <param name="now">The time of the signature: a server takes it for a quarter of an hour.</param>
    public List<(string Name, string Value)> Sign(S3Request request, Uri root, byte[] bodyDigest, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = time[..8];
        var digest = Convert.ToHexStringLower(bodyDigest);
        List<(string Name, string Value)> headers =
        [
            ("host", root.IsDefaultPort ? root.Host : root.Authority),
            ("x-amz-content-sha256", digest),
            ("x-amz-date", time),
            .. request.Headers,
        ];
        headers.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = new StringBuilder()
            .Append(request.Method.Method).Append('\n')
            .Append(PathOf(request, root)).Append('\n')
            .Append(QueryOf(request)).Append('\n');
        foreach (var (name, value) in headers)
        {
            canonical.Append(name).Append(':').Append(value).Append('\n');
        }

        canonical.Append('\n').Append(names).Append('\n').Append(digest);
        var scope = $"{day}/{region}/s3/aws4_request";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Hex(SHA256.HashData(Bytes(canonical.ToString())))}";
        var signature = Hex(HMACSHA256.HashData(KeyOf(day), Bytes(text)));
        headers.Add(("authorization",
            $"{Algorithm} Credential={accessKey}/{scope},SignedHeaders={names},Signature={signature}"));
        return headers;
    }

    /// <summary>The path as it is sent and signed.</summary>
    public static string PathOf(S3Request request, Uri root)
    {
        var path = root.AbsolutePath.TrimEnd('/');
        return request.Key.Length == 0
            ? path.Length == 0 ? "/" : path
            : path + "/" + string.Join('/', request.Key.Split('/').Select(Escape));
    }

    /// <summary>The query as it is sent and signed: sorted, every name with its sign of equality.</summary>
    public static string QueryOf(S3Request request) => string.Join('&', request.Query
        .Select(pair => Escape(pair.Name) + "=" + Escape(pair.Value))
        .Order(StringComparer.Ordinal));

    private static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(s_unreserved))
        {
            return text;
        }

        var escaped = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            _ = s_unreserved.Contains((char)octet)
                ? escaped.Append((char)octet)
                : escaped.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    private byte[] KeyOf(string day)
    {
        var key = HMACSHA256.HashData(Bytes("AWS4" + secretKey), Bytes(day));
        key = HMACSHA256.HashData(key, Bytes(region));
        key = HMACSHA256.HashData(key, "s3"u8);
        return HMACSHA256.HashData(key, "aws4_request"u8);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
