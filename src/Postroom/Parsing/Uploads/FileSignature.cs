namespace Postroom.Parsing.Uploads;

/// <summary>Bytes by which a type of file is known.</summary>
/// <param name="MediaType">The type.</param>
/// <param name="Offset">Where they stand.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="Second">More bytes that a type of the same container is known by; empty for none.</param>
/// <param name="SecondOffset">Where those stand.</param>
internal sealed record FileSignature(
    string MediaType, int Offset, byte[] Bytes, byte[] Second, int SecondOffset)
{
    public bool Fits(ReadOnlySpan<byte> head) => At(head, Offset, Bytes) && At(head, SecondOffset, Second);

    private static bool At(ReadOnlySpan<byte> head, int offset, byte[] bytes) =>
        head.Length >= offset + bytes.Length && head[offset..].StartsWith(bytes);
}
