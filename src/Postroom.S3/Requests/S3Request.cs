using System.Globalization;

namespace Postroom.S3.Requests;

/// <summary>One request to the bucket, before it is signed.</summary>
/// <param name="Method">GET, HEAD, PUT, POST or DELETE.</param>
/// <param name="Key">The object; empty for the bucket itself. Only characters that need no escape in a path.</param>
internal sealed record S3Request(HttpMethod Method, string Key)
{
    /// <summary>Parameters of the address, in any order.</summary>
    public IReadOnlyList<(string Name, string Value)> Query { get; init; } = [];

    /// <summary>Headers beside those that every request has; their names in lower case.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>What is sent. It stays as it is until the answer is there.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The SHA-256 of the body; null where it is still to be taken.</summary>
    public byte[]? BodyDigest { get; init; }

    /// <summary>Whether the store moves many bytes before it answers, and is given longer.</summary>
    public bool IsLong { get; init; }

    /// <summary>Asks for bytes of an object: the first and the last, both counted.</summary>
    public static (string Name, string Value) Range(long first, long last) =>
        ("range", string.Create(CultureInfo.InvariantCulture, $"bytes={first}-{last}"));
}
