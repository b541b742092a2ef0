using System.Buffers;

namespace Postroom.Parsing;

/// <summary>
/// Tells from its first bytes that a body is in another format than the one named: the classic slips.
/// </summary>
internal static class BodyLooks
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.*%+[]"u8);

    /// <summary>
    /// True for what begins and ends like a JSON object or array. Browsers escape brackets in form data, so that
    /// nothing they send as a form looks like this.
    /// </summary>
    public static bool LikeJson(ReadOnlySpan<byte> body)
    {
        body = body.Trim(" \t\r\n"u8);
        if (body.Length < 2)
        {
            return false;
        }

        return (body[0], body[^1]) is ((byte)'{', (byte)'}') or ((byte)'[', (byte)']') || BeginsLikeJson(body);
    }

    /// <summary>True for the text that JavaScript makes of an object which nobody turned into JSON.</summary>
    public static bool LikeObjectText(ReadOnlySpan<byte> body) => body.StartsWith("[object Object]"u8);

    /// <summary>True for what begins as JSON documents do, of which only the first bytes are known.</summary>
    public static bool BeginsLikeDocument(ReadOnlySpan<byte> body) =>
        body.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    /// <summary>True for what begins like <c>name=</c>, which no JSON does.</summary>
    public static bool LikeUrlencoded(ReadOnlySpan<byte> body)
    {
        int end = body.IndexOfAnyExcept(NameBytes);
        return end > 0 && body[end] == '=';
    }

    /// <summary>True for what begins with two dashes and a boundary, then a part's disposition.</summary>
    public static bool LikeMultipart(ReadOnlySpan<byte> body)
    {
        const int lineMax = MultipartBoundary.LengthMax + 4;
        if (!body.StartsWith("--"u8))
        {
            return false;
        }

        int line = body[..Math.Min(body.Length, lineMax)].IndexOf("\r\n"u8);
        return line > 2 && body[(line + 2)..].StartsWith("Content-"u8);
    }

    /// <summary>True for what begins with a tag, a comment or a declaration, which no JSON and no form does.</summary>
    public static bool LikeXml(ReadOnlySpan<byte> body)
    {
        body = (body.StartsWith("\uFEFF"u8) ? body[3..] : body).TrimStart(" \t\r\n"u8);
        return body.Length > 2 && body[0] == '<' && body[^1] is (byte)'>' or (byte)'\n' or (byte)'\r' or (byte)' ';
    }

    /// <summary>
    /// True for a mark of UTF-16, or a NUL beside the first character: text of any format begins with ASCII.
    /// </summary>
    public static bool LikeUtf16(ReadOnlySpan<byte> body) =>
        body.Length > 1 && ((body[0], body[1]) is (0xFE, 0xFF) or (0xFF, 0xFE) || (body[0] == 0) != (body[1] == 0));

    /// <summary>JSON that was cut off still begins like JSON.</summary>
    private static bool BeginsLikeJson(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> next = body[1..].TrimStart(" \t\r\n"u8);
        return !next.IsEmpty && (body[0], next[0]) is ((byte)'{', (byte)'"') or ((byte)'[', (byte)'{' or (byte)'"');
    }
}
