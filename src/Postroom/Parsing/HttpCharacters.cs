using System.Buffers;

namespace Postroom.Parsing;

/// <summary>Character classes of HTTP and MIME grammar.</summary>
internal static class HttpCharacters
{
    /// <summary>tchar (RFC 9110 §5.6.2).</summary>
    public static SearchValues<byte> Token { get; } = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>bchars (RFC 2046 §5.1.1); a space may not be the last.</summary>
    public static SearchValues<byte> Boundary { get; } = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'()+_,-./:=? "u8);

    /// <summary>The length of the token at the start of the text; 0 when there is none.</summary>
    public static int TokenLength(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(Token);
        return length < 0 ? text.Length : length;
    }

    /// <summary>Bytes of optional white space at the start (RFC 9110 §5.6.3).</summary>
    public static int WhiteSpaceLength(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return length < 0 ? text.Length : length;
    }
}
