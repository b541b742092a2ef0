namespace Postroom.Parsing.Formats;

/// <summary>The three bytes that some programs put before UTF-8; they are no part of the text.</summary>
internal static class ByteOrderMark
{
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> body) => body.StartsWith("\uFEFF"u8) ? body[3..] : body;
}
