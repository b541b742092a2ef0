using System.Text;
using Postroom.Declarations;

namespace Postroom.Plans;

/// <summary>A format of bodies: its name in <c>formats</c>, and the media types that mean it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaTypes">Whole types in lower case, or suffixes such as <c>+xml</c> (RFC 6839).</param>
internal sealed record FormatTypes(string Name, IReadOnlyList<string> MediaTypes)
{
    /// <summary>What Postroom reads by itself.</summary>
    public static IReadOnlyList<FormatTypes> BuiltIn { get; } =
    [
        new(BodyFormatNames.Json, ["application/json", "+json"]),
        new(BodyFormatNames.Form, ["application/x-www-form-urlencoded"]),
        new(BodyFormatNames.Multipart, ["multipart/form-data"]),
        new(BodyFormatNames.Xml, ["application/xml", "text/xml", "+xml"]),
        new(BodyFormatNames.Csv, ["text/csv"]),
        new(BodyFormatNames.Ndjson, ["application/x-ndjson", "application/ndjson", "application/jsonl"]),
        new(BodyFormatNames.Text, ["text/plain"]),
    ];

    /// <summary>True when the media type, without parameters, means this format.</summary>
    public bool Reads(ReadOnlySpan<byte> mediaType)
    {
        foreach (var type in MediaTypes)
        {
            if (type[0] == '+'
                ? EndsWith(mediaType, type)
                : Ascii.EqualsIgnoreCase(mediaType, type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>RFC 6839 §3: a suffix stands behind a name, so that <c>application/+xml</c> is none.</summary>
    private static bool EndsWith(ReadOnlySpan<byte> mediaType, string suffix) =>
        mediaType.Length > suffix.Length
        && Ascii.EqualsIgnoreCase(mediaType[^suffix.Length..], suffix)
        && mediaType[^(suffix.Length + 1)] != '/';
}
