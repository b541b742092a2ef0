using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Postroom.Parsing.Uploads;

/// <summary>
/// The name and type of a file that is the whole body: <c>Content-Disposition</c> (RFC 6266, with <c>filename*</c>,
/// which belongs here as it does not in a form), else <c>Slug</c> (RFC 5023 §9.7), else none.
/// </summary>
internal static class RequestFileName
{
    private const int HeaderMax = 4096;

    /// <summary>The name, cleaned; it is never empty.</summary>
    public static string Of(IHeaderDictionary headers) => FileName.Clean(Encoding.UTF8.GetBytes(Raw(headers)));

    /// <summary>The media type without parameters; null where it says nothing.</summary>
    public static string? TypeOf(string? contentType) =>
        contentType?.Split(';')[0].Trim().ToLowerInvariant() is { Length: > 0 } type && type != FileSniffer.Unknown
            ? type
            : null;

    private static string Raw(IHeaderDictionary headers)
    {
        var disposition = headers.ContentDisposition.ToString();
        if (disposition.Length is > 0 and <= HeaderMax
            && ContentDispositionHeaderValue.TryParse(disposition, out var parsed))
        {
            var name = parsed.FileNameStar.HasValue ? parsed.FileNameStar : parsed.FileName;
            if (HeaderUtilities.RemoveQuotes(name) is { HasValue: true, Length: > 0 } plain)
            {
                return plain.Value!;
            }
        }

        // RFC 5023 §9.7.1: UTF-8, percent-encoded.
        var slug = headers["Slug"].ToString();
        return slug.Length <= HeaderMax ? Uri.UnescapeDataString(slug) : "";
    }
}
