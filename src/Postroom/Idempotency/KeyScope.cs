using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Postroom.Exchange;
using Postroom.Storage;

namespace Postroom.Idempotency;

/// <summary>
/// What a key is looked up by: a digest of key, principal, method and route, so that nobody reads another's answer by
/// sending his key, and one key on two endpoints is two keys. Parts are joined by a byte that none of them can hold.
/// </summary>
internal static class KeyScope
{
    private const byte Separator = 0;
    private const int StackBytes = 512;

    public static KeyHash Hash(PostExchange exchange, ReadOnlySpan<char> key, ReadOnlySpan<byte> kind)
    {
        var name = exchange.Caller.Name;
        var bytesMax = kind.Length + exchange.Plan.PathUtf8.Length + 4 + ((name.Length + key.Length) * 3);
        byte[]? rented = null;
        var buffer = bytesMax <= StackBytes
            ? stackalloc byte[StackBytes]
            : rented = ArrayPool<byte>.Shared.Rent(bytesMax);
        var length = Append(buffer, 0, kind);
        length += Encoding.UTF8.GetBytes(name, buffer[length..]);
        buffer[length++] = Separator;
        length = Append(buffer, length, exchange.Plan.PathUtf8);
        length += Encoding.UTF8.GetBytes(key, buffer[length..]);
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(buffer[..length], digest);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return KeyHash.Read(digest);
    }

    private static int Append(Span<byte> buffer, int length, ReadOnlySpan<byte> part)
    {
        part.CopyTo(buffer[length..]);
        buffer[length + part.Length] = Separator;
        return length + part.Length + 1;
    }
}
