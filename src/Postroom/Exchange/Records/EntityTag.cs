using System.Globalization;

namespace Postroom.Exchange.Records;

/// <summary>
/// The entity tag of a record (RFC 9110 §8.8.3): its version, and for another form than JSON that form, since a strong
/// tag belongs to the bytes of one representation.
/// </summary>
internal static class EntityTag
{
    public static string Of(long version, bool isXml = false) => string.Create(
        CultureInfo.InvariantCulture, $"\"{version}{(isXml ? "-xml" : "")}\"");

    /// <summary>The version that a tag of ours speaks of, whatever the form; null for no tag of ours.</summary>
    public static long? Version(ReadOnlySpan<char> tag)
    {
        if (tag.Length < 3 || tag[0] != '"' || tag[^1] != '"')
        {
            return null;
        }

        var text = tag[1..^1];
        if (text.EndsWith("-xml"))
        {
            text = text[..^4];
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }
}
