using System.Buffers.Text;
using System.Formats.Cbor;
using System.Globalization;
using System.Text;
using Postroom.Faults;
using Postroom.Parsing;

namespace Postroom.Tests.Parsing;

/// <summary>
/// CBOR (RFC 8949) as a format of an application: strict, no key twice, no tags but those of dates. Byte strings
/// become base64url (RFC 8949 §6.1). What is declared longer than what came is a fault before it costs memory.
/// </summary>
public sealed class CborFormat : IBodyFormat
{
    public string Name => "cbor";

    public IReadOnlyList<string> MediaTypes => ["application/cbor", "+cbor"];

    public IReadOnlyList<string> Charsets => [];

    public bool HasTypes => true;

    public Fault? Read(ReadOnlySpan<byte> body, BodyContext context, DocumentWriter document)
    {
        var reader = new CborReader(body.ToArray(), CborConformanceMode.Strict);
        try
        {
            ReadValue(reader, document);
            return reader.BytesRemaining == 0 || document.Failed ? null : Malformed(reader, body, "something follows");
        }
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException
            or OverflowException or FormatException)
        {
            return Malformed(reader, body, exception.Message);
        }
    }

    private static void ReadValue(CborReader reader, DocumentWriter document)
    {
        if (document.Failed)
        {
            return;
        }

        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                ReadMap(reader, document);
                break;
            case CborReaderState.StartArray:
                ReadArray(reader, document);
                break;
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                document.String(Encoding.UTF8.GetBytes(reader.ReadTextString()));
                break;
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                document.String(Base64Url.EncodeToUtf8(reader.ReadByteString()));
                break;
            case CborReaderState.Tag:
                ReadTagged(reader, document);
                break;
            case CborReaderState.Boolean:
                document.Boolean(reader.ReadBoolean());
                break;
            case CborReaderState.Null:
                reader.ReadNull();
                document.Null();
                break;
            default:
                ReadNumber(reader, document);
                break;
        }
    }

    private static void ReadMap(CborReader reader, DocumentWriter document)
    {
        reader.ReadStartMap();
        document.StartObject();
        while (!document.Failed && reader.PeekState() != CborReaderState.EndMap)
        {
            document.Name(Encoding.UTF8.GetBytes(reader.ReadTextString()));
            ReadValue(reader, document);
        }

        if (!document.Failed)
        {
            reader.ReadEndMap();
        }

        document.EndObject();
    }

    private static void ReadArray(CborReader reader, DocumentWriter document)
    {
        reader.ReadStartArray();
        document.StartArray();
        while (!document.Failed && reader.PeekState() != CborReaderState.EndArray)
        {
            ReadValue(reader, document);
        }

        if (!document.Failed)
        {
            reader.ReadEndArray();
        }

        document.EndArray();
    }

    /// <summary>Tags 0 and 1 are dates (RFC 8949 §3.4); others would change the meaning of what they hold.</summary>
    private static void ReadTagged(CborReader reader, DocumentWriter document)
    {
        var date = reader.PeekTag() switch
        {
            CborTag.DateTimeString => reader.ReadDateTimeOffset(),
            CborTag.UnixTimeSeconds => reader.ReadUnixTimeSeconds(),
            var tag => throw new FormatException($"the tag {(ulong)tag} is not read"),
        };
        document.String(Encoding.UTF8.GetBytes(date.ToString("O", CultureInfo.InvariantCulture)));
    }

    private static void ReadNumber(CborReader reader, DocumentWriter document)
    {
        var number = reader.PeekState() switch
        {
            CborReaderState.UnsignedInteger => reader.ReadUInt64().ToString(CultureInfo.InvariantCulture),
            CborReaderState.NegativeInteger =>
                (-1 - (Int128)reader.ReadCborNegativeIntegerRepresentation()).ToString(CultureInfo.InvariantCulture),
            CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat
                or CborReaderState.DoublePrecisionFloat => reader.ReadDouble().ToString("R", CultureInfo.InvariantCulture),
            var state => throw new FormatException($"{state} has no place in a document"),
        };
        document.Number(double.TryParse(number, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? Encoding.UTF8.GetBytes(number)
            : throw new FormatException("a number is not finite"));
    }

    private static Fault Malformed(CborReader reader, ReadOnlySpan<byte> body, string reason) => new(
        FaultCatalogue.MalformedBody,
        $"The CBOR cannot be read at byte {body.Length - reader.BytesRemaining}: {reason.TrimEnd('.')}.");
}
