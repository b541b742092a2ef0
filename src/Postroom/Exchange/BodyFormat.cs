namespace Postroom.Exchange;

/// <summary>How a body is to be read.</summary>
internal enum BodyFormat
{
    Json,
    Urlencoded,
    Multipart,
}
