using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Postroom.Storage;

/// <summary>The rows of a user's query: values are null, string, long, double or byte[].</summary>
public sealed class QueryResult(IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows)
{
    /// <summary>The columns' names in order.</summary>
    public IReadOnlyList<string> Columns { get; } = columns;

    /// <summary>The rows in the query's order.</summary>
    public IReadOnlyList<object?[]> Rows { get; } = rows;

    /// <summary>
    /// A digest of the rows, values and types, in their order: equal digests mean that nothing changed.
    /// </summary>
    public KeyHash Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[9];
        foreach (var row in Rows)
        {
            Append(hash, number, 'r', row.Length);
            foreach (var value in row)
            {
                AppendValue(hash, number, value);
            }
        }

        return KeyHash.Read(hash.GetHashAndReset());
    }

    private static void AppendValue(IncrementalHash hash, Span<byte> number, object? value)
    {
        switch (value)
        {
            case null:
                Append(hash, number, 'n', 0);
                break;
            case long integer:
                Append(hash, number, 'i', integer);
                break;
            case double real:
                Append(hash, number, 'd', BitConverter.DoubleToInt64Bits(real));
                break;
            case string text:
                var utf8 = Encoding.UTF8.GetBytes(text);
                Append(hash, number, 's', utf8.Length);
                hash.AppendData(utf8);
                break;
            case byte[] bytes:
                Append(hash, number, 'b', bytes.Length);
                hash.AppendData(bytes);
                break;
            default:
                throw new ArgumentException($"A query gave a value of type {value.GetType()}.", nameof(value));
        }
    }

    private static void Append(IncrementalHash hash, Span<byte> number, char type, long value)
    {
        number[0] = (byte)type;
        BinaryPrimitives.WriteInt64LittleEndian(number[1..], value);
        hash.AppendData(number);
    }
}
