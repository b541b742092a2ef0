using System.Text;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Plans;

namespace Postroom.Parsing;

/// <summary>Reads <c>Content-Type</c> (RFC 9110 §8.3) and decides how the body is read.</summary>
internal sealed class MediaTypes(BodyFormats formats)
{
    /// <summary>Bytes of the header's value; more is refused unread.</summary>
    public const int HeaderMax = 512;

    /// <summary>
    /// Decides the format of a body from its <c>Content-Type</c>, null for none; returns a refusal or null.
    /// </summary>
    public Fault? Read(string? header, TakenFormats taken, out MediaType mediaType)
    {
        mediaType = default;
        switch (header)
        {
            case "application/json" or "application/json; charset=utf-8" or "application/json;charset=UTF-8"
                when taken.TakesJson:
                mediaType = new MediaType(BodyFormat.Json);
                return null;
            case "application/x-www-form-urlencoded" when taken.TakesForm:
                mediaType = new MediaType(BodyFormat.Urlencoded);
                return null;
            case null or "":
                return ParsingFaults.Unsupported("Content-Type is missing. " + taken.Advice);
            case { Length: > HeaderMax }:
                return ParsingFaults.Unsupported($"Content-Type is longer than {HeaderMax} bytes. " + taken.Advice);
        }

        Span<byte> bytes = stackalloc byte[HeaderMax];
        return Ascii.FromUtf16(header, bytes, out int length) == System.Buffers.OperationStatus.Done
            ? Read(bytes[..length], taken, out mediaType)
            : ParsingFaults.Unsupported("Content-Type holds characters beyond ASCII. " + taken.Advice);
    }

    private Fault? Read(ReadOnlySpan<byte> header, TakenFormats taken, out MediaType mediaType)
    {
        mediaType = default;
        int slash = HttpCharacters.TokenLength(header);
        if (slash == 0 || slash == header.Length || header[slash] != '/')
        {
            return Malformed(taken);
        }

        int end = slash + 1 + HttpCharacters.TokenLength(header[(slash + 1)..]);
        if (end == slash + 1)
        {
            return Malformed(taken);
        }

        if (taken.Find(header[..end]) is not { } format)
        {
            return NotTaken(header[..end], taken);
        }

        ReadOnlySpan<byte> parameters = header[end..];
        ReadOnlySpan<byte> trimmed = parameters[HttpCharacters.WhiteSpaceLength(parameters)..];
        return trimmed.IsEmpty || trimmed[0] == ';'
            ? ReadParameters(format.Name, trimmed, taken, out mediaType)
            : Malformed(taken);
    }

    private Fault? ReadParameters(
        string name, ReadOnlySpan<byte> text, TakenFormats taken, out MediaType mediaType)
    {
        MediaType type = TypeOf(name);
        mediaType = default;
        byte[]? boundary = null;
        string? charset = null;
        ParameterReader parameters = new(text, backslashEscapes: true);
        while (parameters.Read())
        {
            if (Ascii.EqualsIgnoreCase(parameters.Name, "charset"u8))
            {
                if (charset is not null || !Reads(type.Other, parameters.Value))
                {
                    return ParsingFaults.Unsupported(
                        "Content-Type names a charset other than utf-8. Send the body as UTF-8.");
                }

                charset = Encoding.ASCII.GetString(parameters.Value).ToLowerInvariant();
            }
            else if (type.Format == BodyFormat.Multipart && Ascii.EqualsIgnoreCase(parameters.Name, "boundary"u8))
            {
                if (boundary is not null || parameters.ValueIsEscaped || !MultipartBoundary.IsValid(parameters.Value))
                {
                    return ParsingFaults.Multipart("Content-Type must name one boundary of 1 to 70 allowed characters");
                }

                boundary = parameters.Value.ToArray();
            }
            else if (name == BodyFormatNames.Csv && Ascii.EqualsIgnoreCase(parameters.Name, "header"u8)
                && Ascii.EqualsIgnoreCase(parameters.Value, "absent"u8))
            {
                // RFC 4180 §3: the sender says that the first row is data.
                return ParsingFaults.Unsupported("CSV is read with a header row that names the fields. Add it.");
            }
        }

        if (parameters.Failed)
        {
            return Malformed(taken);
        }

        if (type.Format == BodyFormat.Multipart && boundary is null)
        {
            return ParsingFaults.Multipart("Content-Type names no boundary; leave the header to the client, "
                + "which sets it together with the boundary");
        }

        mediaType = type with { Boundary = boundary, Charset = charset };
        return null;
    }

    private MediaType TypeOf(string name) => name switch
    {
        BodyFormatNames.Json => new(BodyFormat.Json),
        BodyFormatNames.Form => new(BodyFormat.Urlencoded),
        BodyFormatNames.Multipart => new(BodyFormat.Multipart),
        _ => new(BodyFormat.Other, Other: formats.Find(name)),
    };

    private static bool Reads(IBodyFormat? format, ReadOnlySpan<byte> charset)
    {
        if (IsUtf8(charset) && format is null)
        {
            return true;
        }

        foreach (string name in format?.Charsets ?? [])
        {
            if (Ascii.EqualsIgnoreCase(charset, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The labels that pages and clients use for UTF-8 (Encoding Standard §4.2 knows these two).</summary>
    internal static bool IsUtf8(ReadOnlySpan<byte> charset) =>
        Ascii.EqualsIgnoreCase(charset, "utf-8"u8) || Ascii.EqualsIgnoreCase(charset, "utf8"u8);

    private static Fault NotTaken(ReadOnlySpan<byte> name, TakenFormats taken)
    {
        if (taken.TakesJson && Ascii.EqualsIgnoreCase(name, "text/plain"u8))
        {
            return ParsingFaults.Unsupported(
                "Content-Type is text/plain, which `fetch` sets for a string. Add `Content-Type: application/json`.");
        }

        string shown = Encoding.ASCII.GetString(name);
        return ParsingFaults.Unsupported(taken.FindOther(name) is { } other
            ? $"{shown} is not taken here. {taken.Advice} To take it too, add `{other.Name}` to `formats:` of the "
                + "endpoint."
            : $"{shown} is not read here. {taken.Advice}");
    }

    private static Fault Malformed(TakenFormats taken) =>
        ParsingFaults.Unsupported("Content-Type cannot be read. " + taken.Advice);
}
