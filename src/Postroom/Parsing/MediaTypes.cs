using System.Text;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>Reads <c>Content-Type</c> (RFC 9110 §8.3) and decides how the body is read.</summary>
internal static class MediaTypes
{
    /// <summary>Bytes of the header's value; more is refused unread.</summary>
    public const int HeaderMax = 512;

    private const string Accepted = "Send application/json, application/x-www-form-urlencoded or multipart/form-data.";

    /// <summary>
    /// Decides the format of a body from its <c>Content-Type</c>, null for none; returns a refusal or null.
    /// </summary>
    public static Fault? Read(string? header, out MediaType mediaType)
    {
        mediaType = default;
        switch (header)
        {
            case "application/json" or "application/json; charset=utf-8" or "application/json;charset=UTF-8":
                mediaType = new MediaType(BodyFormat.Json, default);
                return null;
            case "application/x-www-form-urlencoded":
                mediaType = new MediaType(BodyFormat.Urlencoded, default);
                return null;
            case null or "":
                return ParsingFaults.Unsupported("Content-Type is missing. " + Accepted);
            case { Length: > HeaderMax }:
                return ParsingFaults.Unsupported($"Content-Type is longer than {HeaderMax} bytes. " + Accepted);
        }

        Span<byte> bytes = stackalloc byte[HeaderMax];
        return Ascii.FromUtf16(header, bytes, out int length) == System.Buffers.OperationStatus.Done
            ? Read(bytes[..length], out mediaType)
            : ParsingFaults.Unsupported("Content-Type holds characters beyond ASCII. " + Accepted);
    }

    private static Fault? Read(ReadOnlySpan<byte> header, out MediaType mediaType)
    {
        mediaType = default;
        int slash = HttpCharacters.TokenLength(header);
        if (slash == 0 || slash == header.Length || header[slash] != '/')
        {
            return Malformed();
        }

        int end = slash + 1 + HttpCharacters.TokenLength(header[(slash + 1)..]);
        if (end == slash + 1 || FormatOf(header[..end]) is not { } format)
        {
            return end == slash + 1 ? Malformed() : Unknown(header[..end]);
        }

        ReadOnlySpan<byte> parameters = header[end..];
        ReadOnlySpan<byte> trimmed = parameters[HttpCharacters.WhiteSpaceLength(parameters)..];
        return trimmed.IsEmpty || trimmed[0] == ';' ? ReadParameters(format, trimmed, out mediaType) : Malformed();
    }

    private static Fault? ReadParameters(BodyFormat format, ReadOnlySpan<byte> text, out MediaType mediaType)
    {
        mediaType = default;
        byte[]? boundary = null;
        bool hasCharset = false;
        ParameterReader parameters = new(text, backslashEscapes: true);
        while (parameters.Read())
        {
            if (Ascii.EqualsIgnoreCase(parameters.Name, "charset"u8))
            {
                if (hasCharset || !IsUtf8(parameters.Value))
                {
                    return ParsingFaults.Unsupported(
                        "Content-Type names a charset other than utf-8. Send the body as UTF-8.");
                }

                hasCharset = true;
            }
            else if (format == BodyFormat.Multipart && Ascii.EqualsIgnoreCase(parameters.Name, "boundary"u8))
            {
                if (boundary is not null || parameters.ValueIsEscaped || !MultipartBoundary.IsValid(parameters.Value))
                {
                    return ParsingFaults.Multipart("Content-Type must name one boundary of 1 to 70 allowed characters");
                }

                boundary = parameters.Value.ToArray();
            }
        }

        if (parameters.Failed)
        {
            return Malformed();
        }

        if (format == BodyFormat.Multipart && boundary is null)
        {
            return ParsingFaults.Multipart("Content-Type names no boundary; leave the header to the client, "
                + "which sets it together with the boundary");
        }

        mediaType = new MediaType(format, boundary);
        return null;
    }

    private static BodyFormat? FormatOf(ReadOnlySpan<byte> name)
    {
        if (Ascii.EqualsIgnoreCase(name, "application/x-www-form-urlencoded"u8))
        {
            return BodyFormat.Urlencoded;
        }

        if (Ascii.EqualsIgnoreCase(name, "multipart/form-data"u8))
        {
            return BodyFormat.Multipart;
        }

        // RFC 6839 §3.1: a type with the suffix +json can be read as JSON.
        bool isJson = Ascii.EqualsIgnoreCase(name, "application/json"u8)
            || (name.Length > 5 && Ascii.EqualsIgnoreCase(name[^5..], "+json"u8) && name[^6] != '/');
        return isJson ? BodyFormat.Json : null;
    }

    /// <summary>The labels that pages and clients use for UTF-8 (Encoding Standard §4.2 knows these two).</summary>
    internal static bool IsUtf8(ReadOnlySpan<byte> charset) =>
        Ascii.EqualsIgnoreCase(charset, "utf-8"u8) || Ascii.EqualsIgnoreCase(charset, "utf8"u8);

    private static Fault Unknown(ReadOnlySpan<byte> name) => ParsingFaults.Unsupported(
        Ascii.EqualsIgnoreCase(name, "text/plain"u8)
            ? "Content-Type is text/plain, which `fetch` sets for a string. Add `Content-Type: application/json`."
            : $"{Encoding.ASCII.GetString(name)} is not read here. {Accepted}");

    private static Fault Malformed() => ParsingFaults.Unsupported("Content-Type cannot be read. " + Accepted);
}
