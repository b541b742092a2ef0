namespace Postroom.Exchange;

/// <summary>The media types of the formats that are known by name.</summary>
internal static class MediaTypeNames
{
    public const string Json = "application/json";
    public const string Urlencoded = "application/x-www-form-urlencoded";
    public const string MergePatch = "application/merge-patch+json";
    public const string Multipart = "multipart/form-data";
}
