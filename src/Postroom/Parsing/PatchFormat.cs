using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>
/// A PATCH carries a JSON Merge Patch (RFC 7396); plain JSON is taken for one, since many clients send no other type.
/// </summary>
internal static class PatchFormat
{
    /// <summary>Null when the body is a merge patch.</summary>
    public static Fault? Judge(IHeaderDictionary headers)
    {
        var header = headers.ContentType.ToString().AsSpan();
        var end = header.IndexOf(';');
        var type = (end < 0 ? header : header[..end]).Trim();
        if (type.Equals(MediaTypeNames.MergePatch, StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // RFC 5789 §2.2, §3.1: a 415 says what would be taken.
        return ParsingFaults.Unsupported($"A PATCH carries a JSON Merge Patch. Send {MediaTypeNames.MergePatch}.") with
        {
            Headers = [new("Accept-Patch", MediaTypeNames.MergePatch)],
            ClosesConnection = true,
        };
    }
}
