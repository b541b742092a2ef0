using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Postroom.Parsing;

/// <summary>
/// SipHash-1-3 under a key drawn at start: senders choose field names, so that a plain hash would let them make all
/// names fall into one slot and a table into a list.
/// </summary>
internal static class NameHash
{
    private static readonly ulong FirstKey = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private static readonly ulong SecondKey = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>Hashes a name below a parent: the same name in two groups is two fields.</summary>
    public static uint Compute(int parent, ReadOnlySpan<byte> name)
    {
        ulong v0 = FirstKey ^ 0x736f6d6570736575UL;
        ulong v1 = SecondKey ^ 0x646f72616e646f6dUL;
        ulong v2 = FirstKey ^ 0x6c7967656e657261UL;
        ulong v3 = SecondKey ^ 0x7465646279746573UL;
        Absorb(ref v0, ref v1, ref v2, ref v3, (uint)parent);
        ulong last = (ulong)name.Length << 56;
        while (name.Length >= 8)
        {
            Absorb(ref v0, ref v1, ref v2, ref v3, BinaryPrimitives.ReadUInt64LittleEndian(name));
            name = name[8..];
        }

        for (int index = 0; index < name.Length; index++)
        {
            last |= (ulong)name[index] << (8 * index);
        }

        Absorb(ref v0, ref v1, ref v2, ref v3, last);
        v2 ^= 0xff;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        ulong hash = v0 ^ v1 ^ v2 ^ v3;
        return (uint)(hash ^ (hash >> 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Absorb(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3, ulong word)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v2 += v3;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
