using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Text;
using Postroom.Faults;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Endpoints.Resources;

/// <summary>
/// Where a sorted list goes on: the digest of its order, the values of the last record and its id. It is opaque to
/// callers, and holds only what they have been shown; whatever else comes is refused.
/// </summary>
internal static class QueryCursor
{
    private const int TextMax = 16_000;
    private const int DigestBytes = 8;

    public static string Of(IReadOnlyList<RecordSort> sorts, RecordPlace place)
    {
        if (sorts.Count == 0)
        {
            return RecordCursor.Of(place.Id);
        }

        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Digest(sorts));
        foreach (var value in place.Values)
        {
            writer.Write((byte)value.Kind);
            switch (value.Kind)
            {
                case RecordValueKind.Text:
                    var text = Encoding.UTF8.GetBytes(value.Text!);
                    writer.Write(text.Length);
                    writer.Write(text);
                    break;
                case RecordValueKind.Integer:
                    writer.Write(value.Integer);
                    break;
                case RecordValueKind.Number:
                    writer.Write(value.Number);
                    break;
            }
        }

        writer.Write(place.Id.ToArray());
        writer.Flush();
        return Base64Url.EncodeToString(bytes.ToArray());
    }

    /// <param name="text">What came; null to begin.</param>
    /// <param name="table">The resource.</param>
    /// <param name="sorts">The order of this list, which must be that of the page before.</param>
    /// <param name="place">Where to go on.</param>
    public static Fault? Parse(
        string? text, RecordTable table, IReadOnlyList<RecordSort> sorts, out RecordPlace? place)
    {
        place = null;
        if (text is null)
        {
            return null;
        }

        if (sorts.Count == 0)
        {
            var fault = RecordCursor.Parse(text, out var after);
            place = after is { } id ? new RecordPlace([], id) : null;
            return fault;
        }

        if (text.Length <= TextMax && Ascii.IsValid(text) && Base64Url.IsValid(text))
        {
            place = Read(Base64Url.DecodeFromChars(text), table, sorts);
        }

        return place is null
            ? new Fault(FaultCatalogue.QueryInvalid, "`cursor` is none of this list. Take `next` of the page before, "
                + "with the same `sort`, or leave it out.")
            : null;
    }

    private static RecordPlace? Read(ReadOnlySpan<byte> bytes, RecordTable table, IReadOnlyList<RecordSort> sorts)
    {
        if (bytes.Length < DigestBytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Digest(sorts))
        {
            return null;
        }

        bytes = bytes[DigestBytes..];
        var values = new RecordValue[sorts.Count];
        for (var index = 0; index < values.Length; index++)
        {
            if (!TryTake(ref bytes, sorts[index].TypeIn(table), out values[index]))
            {
                return null;
            }
        }

        return bytes.Length == EntryId.Size ? new RecordPlace(values, EntryId.Read(bytes)) : null;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> bytes, RecordType type, out RecordValue value)
    {
        value = RecordValue.None;
        if (bytes.IsEmpty)
        {
            return false;
        }

        var kind = (RecordValueKind)bytes[0];
        bytes = bytes[1..];
        if (kind == RecordValueKind.None)
        {
            return true;
        }

        var expected = type switch
        {
            RecordType.Text => RecordValueKind.Text,
            RecordType.Number => RecordValueKind.Number,
            _ => RecordValueKind.Integer,
        };
        return kind == expected
            && (kind == RecordValueKind.Text ? TryText(ref bytes, out value) : TryNumber(ref bytes, kind, out value));
    }

    private static bool TryText(ref ReadOnlySpan<byte> bytes, out RecordValue value)
    {
        value = RecordValue.None;
        if (bytes.Length < 4 || BinaryPrimitives.ReadInt32LittleEndian(bytes) is var length
            && (length < 0 || length > bytes.Length - 4))
        {
            return false;
        }

        var text = bytes.Slice(4, length);
        bytes = bytes[(4 + length)..];
        value = RecordValue.Of(Encoding.UTF8.GetString(text));
        return System.Text.Unicode.Utf8.IsValid(text) && text.IndexOf((byte)0) < 0;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> bytes, RecordValueKind kind, out RecordValue value)
    {
        value = RecordValue.None;
        if (bytes.Length < 8)
        {
            return false;
        }

        var number = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        value = kind == RecordValueKind.Number
            ? RecordValue.Of(number)
            : RecordValue.Of(BinaryPrimitives.ReadInt64LittleEndian(bytes));
        bytes = bytes[8..];
        return kind != RecordValueKind.Number || double.IsFinite(number);
    }

    private static ulong Digest(IReadOnlyList<RecordSort> sorts) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(
        string.Join(',', sorts.Select(sort => (sort.IsDescending ? "-" : "") + sort.Column))));
}
