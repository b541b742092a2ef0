namespace Postroom.Exchange;

/// <summary>The media types that a POST may have.</summary>
internal static class MediaTypeNames
{
    public const string Json = "application/json";
    public const string Urlencoded = "application/x-www-form-urlencoded";
    public const string Multipart = "multipart/form-data";

    /// <summary>All of them, as Accept-Post lists them.</summary>
    public const string Taken = $"{Json}, {Urlencoded}, {Multipart}";
}
