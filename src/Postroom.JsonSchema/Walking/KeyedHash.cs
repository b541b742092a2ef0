using System.Runtime.InteropServices;

namespace Postroom.JsonSchema.Walking;

/// <summary>
/// A hash that a sender cannot predict: the framework's string hash (Marvin with a key per process) over the bytes
/// taken in pairs, so that documents made to collide do not.
/// </summary>
internal static class KeyedHash
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint hash = (uint)string.GetHashCode(MemoryMarshal.Cast<byte, char>(bytes));
        return (bytes.Length & 1) == 0 ? hash : Mix(hash, bytes[^1] + 1u);
    }

    public static uint Mix(uint hash, uint other)
    {
        hash = (hash ^ (other * 0x9E3779B1)) * 0x85EBCA6B;
        return hash ^ (hash >> 15);
    }
}
