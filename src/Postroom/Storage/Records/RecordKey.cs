using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Postroom.Storage.Records;

/// <summary>The values of a key as bytes: the same for the same values, and never long.</summary>
internal static class RecordKey
{
    private const int PlainMax = 64;

    /// <summary>The bytes; of a long key its SHA-256 with a byte before it.</summary>
    public static byte[] Of(IReadOnlyList<RecordValue> values)
    {
        var bytes = new List<byte>(PlainMax);
        for (var i = 0; i < values.Count; i++)
        {
            Add(bytes, values[i]);
        }

        return bytes.Count <= PlainMax ? [.. bytes] : [byte.MaxValue, .. SHA256.HashData([.. bytes])];
    }

    private static void Add(List<byte> bytes, RecordValue value)
    {
        bytes.Add((byte)value.Kind);
        switch (value.Kind)
        {
            case RecordValueKind.Text:
                var text = Encoding.UTF8.GetBytes(value.Text!);
                Add(bytes, text.Length);
                bytes.AddRange(text);
                break;
            case RecordValueKind.Integer:
                Add(bytes, value.Integer);
                break;
            case RecordValueKind.Number:
                // Minus zero is zero.
                Add(bytes, BitConverter.DoubleToInt64Bits(value.Number + 0.0));
                break;
        }
    }

    private static void Add(List<byte> bytes, long number)
    {
        Span<byte> eight = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(eight, number);
        bytes.AddRange(eight);
    }
}
