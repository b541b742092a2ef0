using System.Runtime.InteropServices;
using Postroom.Storage;

namespace Postroom.Postgres;

/// <summary>Bytes on their way to and from columns of the type bytea.</summary>
internal static class Bytes
{
    /// <summary>The memory as an array, without a copy where it is one whole array already.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Array is { } array
            && segment.Offset == 0 && segment.Count == array.Length
            ? array
            : memory.ToArray();

    public static byte[] Of(Fingerprint fingerprint)
    {
        var bytes = new byte[Fingerprint.Size];
        fingerprint.WriteTo(bytes);
        return bytes;
    }
}
