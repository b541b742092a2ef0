using System.Text;
using System.Text.Unicode;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>
/// The headers of one part of <c>multipart/form-data</c> (RFC 7578 §4). Browsers write names as the HTML Standard
/// says: raw UTF-8, with <c>%22</c>, <c>%0D</c> and <c>%0A</c> for quote, CR and LF, and backslashes as they are; so
/// they are read.
/// </summary>
internal ref struct PartHeaders
{
    /// <summary>Header lines of a part.</summary>
    public const int CountMax = 16;

    /// <summary>Bytes of a part's headers, the empty line included.</summary>
    public const int BytesMax = 8192;

    private bool _hasDisposition;
    private bool _hasContentType;
    private bool _hasTransferEncoding;

    /// <summary>The field's name as it stands in the header; <see cref="DecodeName"/> decodes it.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>True when the part says that it is a file, even one without a name.</summary>
    public bool HasFileName { get; private set; }

    /// <summary>
    /// The file's name as it stands in the header. <c>filename*</c> is ignored: RFC 7578 §4.2 forbids it.
    /// </summary>
    public ReadOnlySpan<byte> FileName { get; private set; }

    /// <summary>The part's media type without parameters; empty for none.</summary>
    public ReadOnlySpan<byte> ContentType { get; private set; }

    /// <summary>
    /// Reads the headers at the start of a part and tells where its content starts; a refusal or null.
    /// </summary>
    public static Fault? Read(ReadOnlySpan<byte> part, out PartHeaders headers, out int contentStart)
    {
        headers = default;
        ReadOnlySpan<byte> window = part[..Math.Min(part.Length, BytesMax)];
        int end = window.StartsWith("\r\n"u8) ? 0 : window.IndexOf("\r\n\r\n"u8) + 2;
        contentStart = end + 2;
        if (end == 1)
        {
            return part.Length < BytesMax
                ? ParsingFaults.MultipartCutOff
                : ParsingFaults.Multipart($"the headers of a part are longer than {BytesMax} bytes");
        }

        return headers.ReadLines(part[..end]);
    }

    /// <summary>Decodes a name's three escapes; returns the length, which is never longer.</summary>
    public static int DecodeName(ReadOnlySpan<byte> name, Span<byte> target)
    {
        int length = 0;
        while (true)
        {
            int percent = name.IndexOf((byte)'%');
            int plain = percent < 0 ? name.Length : percent;
            name[..plain].CopyTo(target[length..]);
            length += plain;
            if (percent < 0)
            {
                return length;
            }

            name = name[percent..];
            byte decoded = name.StartsWith("%22"u8) ? (byte)'"'
                : name.StartsWith("%0D"u8) ? (byte)'\r'
                : name.StartsWith("%0A"u8) ? (byte)'\n'
                : (byte)'%';
            target[length++] = decoded;
            name = name[(decoded == '%' ? 1 : 3)..];
        }
    }

    private Fault? ReadLines(ReadOnlySpan<byte> lines)
    {
        if (!Utf8.IsValid(lines))
        {
            return ParsingFaults.NotUtf8;
        }

        for (int count = 0; !lines.IsEmpty; count++)
        {
            if (count == CountMax)
            {
                return ParsingFaults.Multipart($"a part has more than {CountMax} headers");
            }

            int end = lines.IndexOf("\r\n"u8);
            if (ReadLine(lines[..end]) is { } fault)
            {
                return fault;
            }

            lines = lines[(end + 2)..];
        }

        return !_hasDisposition ? ParsingFaults.Multipart("a part has no Content-Disposition")
            : Name.IsEmpty ? ParsingFaults.NameMissing
            : null;
    }

    private Fault? ReadLine(ReadOnlySpan<byte> line)
    {
        int nameLength = HttpCharacters.TokenLength(line);
        if (nameLength == 0 || nameLength == line.Length || line[nameLength] != ':')
        {
            return ParsingFaults.Multipart("a header line of a part is not \"name: value\"");
        }

        ReadOnlySpan<byte> name = line[..nameLength];
        ReadOnlySpan<byte> value = line[(nameLength + 1)..].Trim(" \t"u8);
        if (value.IndexOfAny((byte)0, (byte)'\r', (byte)'\n') >= 0)
        {
            // RFC 9110 §5.5 calls these three dangerous. Browsers send other control characters of a name as they are.
            return ParsingFaults.Multipart("a header of a part holds NUL, a lone CR or a lone LF");
        }

        if (Ascii.EqualsIgnoreCase(name, "content-disposition"u8))
        {
            return Once(ref _hasDisposition, name) ?? ReadDisposition(value);
        }

        if (Ascii.EqualsIgnoreCase(name, "content-type"u8))
        {
            return Once(ref _hasContentType, name) ?? ReadContentType(value);
        }

        return Ascii.EqualsIgnoreCase(name, "content-transfer-encoding"u8)
            ? Once(ref _hasTransferEncoding, name) ?? ReadTransferEncoding(value)
            : null;
    }

    private static Fault? Once(ref bool seen, ReadOnlySpan<byte> name)
    {
        Fault? fault = seen ? ParsingFaults.Multipart($"a part has {Encoding.ASCII.GetString(name)} twice") : null;
        seen = true;
        return fault;
    }

    private Fault? ReadDisposition(ReadOnlySpan<byte> value)
    {
        int length = HttpCharacters.TokenLength(value);
        if (!Ascii.EqualsIgnoreCase(value[..length], "form-data"u8))
        {
            return ParsingFaults.Multipart("the Content-Disposition of a part is not form-data");
        }

        ParameterReader parameters = new(value[length..], backslashEscapes: false);
        bool hasName = false;
        while (parameters.Read())
        {
            bool isName = Ascii.EqualsIgnoreCase(parameters.Name, "name"u8);
            bool isFileName = Ascii.EqualsIgnoreCase(parameters.Name, "filename"u8);
            if ((isName && hasName) || (isFileName && HasFileName))
            {
                return ParsingFaults.Multipart("a Content-Disposition names its field or file twice");
            }

            if (isName)
            {
                hasName = true;
                Name = parameters.Value;
            }
            else if (isFileName)
            {
                HasFileName = true;
                FileName = parameters.Value;
            }
        }

        return parameters.Failed ? ParsingFaults.Multipart("a Content-Disposition cannot be read") : null;
    }

    private Fault? ReadContentType(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)';');
        ReadOnlySpan<byte> type = end < 0 ? value : value[..end];
        ContentType = type.TrimEnd(" \t"u8);
        if (type.Length >= 10 && Ascii.EqualsIgnoreCase(type[..10], "multipart/"u8))
        {
            // RFC 7578 §4.3 deprecates several files as one nested part.
            return ParsingFaults.Multipart("a part holds another multipart body");
        }

        ParameterReader parameters = new(end < 0 ? default : value[end..], backslashEscapes: true);
        while (parameters.Read())
        {
            if (Ascii.EqualsIgnoreCase(parameters.Name, "charset"u8) && !MediaTypes.IsUtf8(parameters.Value))
            {
                return ParsingFaults.Unsupported("A part names a charset other than utf-8. Send the form as UTF-8.");
            }
        }

        return parameters.Failed ? ParsingFaults.Multipart("the Content-Type of a part cannot be read") : null;
    }

    /// <summary>
    /// RFC 7578 §4.7 deprecates the header; encodings that would need decoding are refused, not guessed.
    /// </summary>
    private static Fault? ReadTransferEncoding(ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(value, "7bit"u8) || Ascii.EqualsIgnoreCase(value, "8bit"u8)
            || Ascii.EqualsIgnoreCase(value, "binary"u8)
            ? null
            : ParsingFaults.Multipart("a Content-Transfer-Encoding changes the bytes of a part; send them as they are");
}
