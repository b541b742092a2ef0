using System.Globalization;

namespace Postroom.S3;

/// <summary>A piece of a growing file: an object of its own, written once.</summary>
/// <param name="Epoch">How often the file had been taken over when it was written.</param>
/// <param name="Number">A random one, so that no two writers make the same object.</param>
/// <param name="Size">Bytes: <see cref="S3FileStore.PieceBytes"/>, or less in the last one.</param>
/// <param name="Digest">The SHA-256 of its bytes.</param>
internal sealed record S3Piece(int Epoch, ulong Number, int Size, byte[] Digest)
{
    /// <summary>Its name among the file's pieces.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Epoch:x8}.{Number:x16}");

    /// <summary>The epoch in a name; <see cref="int.MaxValue"/> for what is no name of ours.</summary>
    public static int EpochOf(string name) => int.TryParse(
        name.Split('.')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var epoch) ? epoch : int.MaxValue;
}
