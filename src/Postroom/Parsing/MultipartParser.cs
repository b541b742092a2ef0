using System.Text.Unicode;
using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>
/// Reads a buffered <c>multipart/form-data</c> body (RFC 7578) into fields. Framing is strict, since two programs
/// that read one body differently are how checks are passed by: the body begins with its boundary (one empty line
/// before it is let pass), lines end with CRLF, each part is closed by the next boundary, and nothing follows the
/// closing one.
/// </summary>
internal static class MultipartParser
{
    /// <summary>
    /// Fills <paramref name="fields"/>; returns a refusal or null. The boundary has been judged valid.
    /// </summary>
    public static Fault? Parse(
        ReadOnlySpan<byte> body, ReadOnlySpan<byte> boundary, LimitsDeclaration limits, FormFields fields)
    {
        Span<byte> delimiter = stackalloc byte[MultipartBoundary.DelimiterMax];
        delimiter = delimiter[..MultipartBoundary.WriteDelimiter(boundary, delimiter)];
        if (body.StartsWith("\r\n"u8))
        {
            body = body[2..];
        }

        ReadOnlySpan<byte> opening = delimiter[2..];
        if (!body.StartsWith(opening))
        {
            return opening.StartsWith(body)
                ? ParsingFaults.MultipartCutOff
                : ParsingFaults.Multipart("it does not begin with the boundary that Content-Type names");
        }

        body = body[opening.Length..];
        for (int parts = 0; ; parts++)
        {
            switch (MultipartBoundary.ReadEnd(body, out int used))
            {
                case MultipartBoundaryEnd.Closing:
                    return body.Length == used
                        ? null
                        : ParsingFaults.Multipart("something follows the closing boundary");
                case MultipartBoundaryEnd.CutOff:
                    return ParsingFaults.MultipartCutOff;
                case MultipartBoundaryEnd.Malformed:
                    return ParsingFaults.Multipart("a boundary is not followed by the end of its line (CRLF)");
            }

            if (parts >= limits.Fields)
            {
                return ParsingFaults.TooManyFields(limits.Fields);
            }

            if (ReadPart(ref body, used, delimiter, limits, fields) is { } fault)
            {
                return fault;
            }
        }
    }

    private static Fault? ReadPart(
        ref ReadOnlySpan<byte> body,
        int start,
        scoped ReadOnlySpan<byte> delimiter,
        LimitsDeclaration limits,
        FormFields fields)
    {
        ReadOnlySpan<byte> rest = body[start..];
        if (PartHeaders.Read(rest, out PartHeaders headers, out int contentStart) is { } fault)
        {
            return fault;
        }

        // The empty line that ends the headers may be the one that begins the delimiter: RFC 2046 §5.1.1 lets a part
        // have headers only.
        int end = rest[(contentStart - 2)..].IndexOf(delimiter);
        if (end < 0)
        {
            return ParsingFaults.MultipartCutOff;
        }

        int contentEnd = contentStart - 2 + end;
        ReadOnlySpan<byte> content = rest[contentStart..Math.Max(contentStart, contentEnd)];
        body = rest[(contentEnd + delimiter.Length)..];
        return AddPart(headers, content, limits, fields);
    }

    private static Fault? AddPart(
        scoped in PartHeaders headers, ReadOnlySpan<byte> content, LimitsDeclaration limits, FormFields fields)
    {
        if (headers.HasFileName)
        {
            // A browser sends a file input without a file as an empty part with an empty file name: an absent field.
            return headers.FileName.IsEmpty && content.IsEmpty ? null : ParsingFaults.FileRefused;
        }

        Span<byte> target = fields.Reserve(headers.Name.Length);
        int nameLength = PartHeaders.DecodeName(headers.Name, target);
        int nameStart = fields.Keep(nameLength);
        if (nameLength > limits.Name)
        {
            return ParsingFaults.NameTooLong(limits.Name);
        }

        if (content.Length > limits.Value)
        {
            return ParsingFaults.ValueTooLong(fields.Bytes.AsSpan(nameStart, nameLength), limits.Value);
        }

        if (!Utf8.IsValid(content))
        {
            return ParsingFaults.NotUtf8;
        }

        fields.Add(new FormField(nameStart, nameLength, fields.Append(content), content.Length));
        return null;
    }
}
