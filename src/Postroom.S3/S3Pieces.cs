using System.Buffers.Binary;
using System.Security.Cryptography;
using Postroom.Storage;

namespace Postroom.S3;

/// <summary>
/// The pieces of a growing file as they stand in <see cref="GrowingFile.State"/>: nothing at the beginning, else the
/// epoch, and epoch, number, size and digest of each.
/// </summary>
internal static class S3Pieces
{
    private const int HeadBytes = sizeof(int);
    private const int PieceBytes = sizeof(int) + sizeof(ulong) + sizeof(int) + SHA256.HashSizeInBytes;

    public static int Epoch(GrowingFile file) =>
        file.State.IsEmpty ? 0 : BinaryPrimitives.ReadInt32LittleEndian(file.State.Span);

    public static List<S3Piece> Read(GrowingFile file)
    {
        var pieces = new List<S3Piece>();
        for (var rest = file.State.Span[Math.Min(HeadBytes, file.State.Length)..];
            rest.Length >= PieceBytes;
            rest = rest[PieceBytes..])
        {
            pieces.Add(new S3Piece(
                BinaryPrimitives.ReadInt32LittleEndian(rest),
                BinaryPrimitives.ReadUInt64LittleEndian(rest[4..]),
                BinaryPrimitives.ReadInt32LittleEndian(rest[12..]),
                rest.Slice(16, SHA256.HashSizeInBytes).ToArray()));
        }

        return pieces;
    }

    public static ReadOnlyMemory<byte> Write(int epoch, IReadOnlyList<S3Piece> pieces)
    {
        var state = new byte[HeadBytes + (pieces.Count * PieceBytes)];
        BinaryPrimitives.WriteInt32LittleEndian(state, epoch);
        for (var index = 0; index < pieces.Count; index++)
        {
            var place = state.AsSpan(HeadBytes + (index * PieceBytes));
            BinaryPrimitives.WriteInt32LittleEndian(place, pieces[index].Epoch);
            BinaryPrimitives.WriteUInt64LittleEndian(place[4..], pieces[index].Number);
            BinaryPrimitives.WriteInt32LittleEndian(place[12..], pieces[index].Size);
            pieces[index].Digest.CopyTo(place[16..]);
        }

        return state;
    }

    /// <summary>The same pieces, in an epoch whose new ones nobody else writes.</summary>
    public static GrowingFile TakeOver(GrowingFile file) =>
        file with { State = Write(Epoch(file) + 1, Read(file)) };

    /// <summary>What the finished object says it was made of.</summary>
    public static string MadeOf(GrowingFile file) =>
        $"{Epoch(file):x8}.{Convert.ToHexStringLower(SHA256.HashData(file.State.Span)[..16])}";
}
