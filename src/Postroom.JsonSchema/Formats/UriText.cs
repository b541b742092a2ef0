using System.Buffers;
using System.Text;

namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 3986 appendix A, and RFC 3987 section 2.2, which adds characters outside of ASCII.</summary>
internal static class UriText
{
    private const string Unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    private const string SubDelims = "!$&'()*+,;=";

    private static readonly SearchValues<byte> Scheme = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static readonly SearchValues<byte> RegName = Set(Unreserved + SubDelims);
    private static readonly SearchValues<byte> UserInfo = Set(Unreserved + SubDelims + ":");
    private static readonly SearchValues<byte> Path = Set(Unreserved + SubDelims + ":@/");
    private static readonly SearchValues<byte> Query = Set(Unreserved + SubDelims + ":@/?");

    /// <summary><c>URI</c>: a scheme is required.</summary>
    public static bool IsUri(ReadOnlySpan<byte> text) => HasScheme(text) && IsReference(text, false);

    public static bool IsUriReference(ReadOnlySpan<byte> text) => IsReference(text, false);

    /// <summary><c>IRI</c>: a scheme is required.</summary>
    public static bool IsIri(ReadOnlySpan<byte> text) => HasScheme(text) && IsReference(text, true);

    public static bool IsIriReference(ReadOnlySpan<byte> text) => IsReference(text, true);

    private static bool HasScheme(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        return colon >= 1 && char.IsAsciiLetter((char)text[0]) && !text[..colon].ContainsAnyExcept(Scheme);
    }

    private static bool IsReference(ReadOnlySpan<byte> text, bool international)
    {
        bool absolute = HasScheme(text);
        text = absolute ? text[(text.IndexOf((byte)':') + 1)..] : text;
        int hash = text.IndexOf((byte)'#');
        if (hash >= 0 && !Consists(text[(hash + 1)..], Query, international))
        {
            return false;
        }

        text = hash < 0 ? text : text[..hash];
        int question = text.IndexOf((byte)'?');
        if (question >= 0 && !Consists(text[(question + 1)..], Query, international))
        {
            return false;
        }

        text = question < 0 ? text : text[..question];
        return IsHierarchy(text, international) && (absolute || !HasColonFirst(text));
    }

    /// <summary>Section 4.2: a relative path must not begin with a segment that looks like a scheme.</summary>
    private static bool HasColonFirst(ReadOnlySpan<byte> path)
    {
        int slash = path.IndexOf((byte)'/');
        return (slash < 0 ? path : path[..slash]).Contains((byte)':');
    }

    private static bool IsHierarchy(ReadOnlySpan<byte> text, bool international)
    {
        if (!text.StartsWith("//"u8))
        {
            return Consists(text, Path, international);
        }

        text = text[2..];
        int slash = text.IndexOf((byte)'/');
        ReadOnlySpan<byte> authority = slash < 0 ? text : text[..slash];
        return IsAuthority(authority, international) && (slash < 0 || Consists(text[slash..], Path, international));
    }

    private static bool IsAuthority(ReadOnlySpan<byte> text, bool international)
    {
        int at = text.LastIndexOf((byte)'@');
        if (at >= 0 && !Consists(text[..at], UserInfo, international))
        {
            return false;
        }

        ReadOnlySpan<byte> host = text[(at + 1)..];
        int hostEnd = host.StartsWith("["u8) ? host.IndexOf((byte)']') + 1 : host.IndexOf((byte)':');
        hostEnd = hostEnd < 0 ? host.Length : hostEnd;
        ReadOnlySpan<byte> port = host[hostEnd..];
        return IsHost(host[..hostEnd], international)
            && (port.IsEmpty || (port[0] == (byte)':' && !port[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9')));
    }

    private static bool IsHost(ReadOnlySpan<byte> host, bool international)
    {
        if (!host.StartsWith("["u8))
        {
            return Consists(host, RegName, international);
        }

        return host.Length > 2 && (AddressText.IsIPv6(host[1..^1]) || IsFutureAddress(host[1..^1]));
    }

    /// <summary>IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )</summary>
    private static bool IsFutureAddress(ReadOnlySpan<byte> text)
    {
        int dot = text.IndexOf((byte)'.');
        if (dot < 2 || (text[0] | 0x20) != 'v' || dot == text.Length - 1)
        {
            return false;
        }

        foreach (byte unit in text[1..dot])
        {
            if (!char.IsAsciiHexDigit((char)unit))
            {
                return false;
            }
        }

        return !text[(dot + 1)..].ContainsAnyExcept(UserInfo);
    }

    /// <summary>Only the bytes allowed, "%" with two hexadecimal digits, and for an IRI its further characters.
    /// </summary>
    private static bool Consists(ReadOnlySpan<byte> text, SearchValues<byte> allowed, bool international)
    {
        while (true)
        {
            int other = text.IndexOfAnyExcept(allowed);
            if (other < 0)
            {
                return true;
            }

            int taken = international && text[other] >= 0x80
                ? IriCharacter(text[other..], ReferenceEquals(allowed, Query))
                : PercentText.Encoded(text[other..]);
            if (taken == 0)
            {
                return false;
            }

            text = text[(other + taken)..];
        }
    }

    /// <summary>RFC 3987 section 2.2, <c>ucschar</c> and, in a query, <c>iprivate</c>: how many bytes it has, or 0.
    /// </summary>
    private static int IriCharacter(ReadOnlySpan<byte> text, bool isQuery)
    {
        Rune.DecodeFromUtf8(text, out Rune rune, out int length);
        int point = rune.Value;
        bool allowed = point switch
        {
            < 0xA0 => false,
            <= 0xD7FF or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFEF) => true,
            <= 0xF8FF => isQuery,
            <= 0xFFFF => false,
            _ => (point & 0xFFFF) <= 0xFFFD && (point < 0xE0000 || point is >= 0xE1000 and < 0xF0000 || isQuery),
        };
        return allowed ? length : 0;
    }

    private static SearchValues<byte> Set(string characters) =>
        SearchValues.Create(Encoding.ASCII.GetBytes(characters));
}
