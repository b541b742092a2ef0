namespace Postroom.Exchange;

/// <summary>How the content of a body is coded (RFC 9110 §8.4.1).</summary>
internal enum ContentCoding
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>gzip</c> and <c>x-gzip</c>: RFC 1952.</summary>
    Gzip,

    /// <summary><c>deflate</c>: the zlib format, RFC 1950.</summary>
    Deflate,

    /// <summary><c>br</c>: RFC 7932.</summary>
    Brotli,
}
