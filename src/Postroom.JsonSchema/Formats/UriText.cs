using System.Buffers;

namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 3986 appendix A, <c>URI</c>: a scheme is required.</summary>
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

    public static bool IsUri(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        if (colon < 1 || !char.IsAsciiLetter((char)text[0]) || text[..colon].ContainsAnyExcept(Scheme))
        {
            return false;
        }

        text = text[(colon + 1)..];
        int hash = text.IndexOf((byte)'#');
        if (hash >= 0 && !Consists(text[(hash + 1)..], Query))
        {
            return false;
        }

        text = hash < 0 ? text : text[..hash];
        int question = text.IndexOf((byte)'?');
        if (question >= 0 && !Consists(text[(question + 1)..], Query))
        {
            return false;
        }

        return IsHierarchy(question < 0 ? text : text[..question]);
    }

    private static bool IsHierarchy(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("//"u8))
        {
            return Consists(text, Path);
        }

        text = text[2..];
        int slash = text.IndexOf((byte)'/');
        ReadOnlySpan<byte> authority = slash < 0 ? text : text[..slash];
        return IsAuthority(authority) && (slash < 0 || Consists(text[slash..], Path));
    }

    private static bool IsAuthority(ReadOnlySpan<byte> text)
    {
        int at = text.LastIndexOf((byte)'@');
        if (at >= 0 && !Consists(text[..at], UserInfo))
        {
            return false;
        }

        ReadOnlySpan<byte> host = text[(at + 1)..];
        int hostEnd = host.StartsWith("["u8) ? host.IndexOf((byte)']') + 1 : host.IndexOf((byte)':');
        hostEnd = hostEnd < 0 ? host.Length : hostEnd;
        ReadOnlySpan<byte> port = host[hostEnd..];
        return IsHost(host[..hostEnd])
            && (port.IsEmpty || (port[0] == (byte)':' && !port[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9')));
    }

    private static bool IsHost(ReadOnlySpan<byte> host)
    {
        if (!host.StartsWith("["u8))
        {
            return Consists(host, RegName);
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

    /// <summary>Only the bytes allowed, and "%" with two hexadecimal digits.</summary>
    private static bool Consists(ReadOnlySpan<byte> text, SearchValues<byte> allowed)
    {
        while (true)
        {
            int other = text.IndexOfAnyExcept(allowed);
            if (other < 0)
            {
                return true;
            }

            if (text[other] != (byte)'%' || text.Length < other + 3
                || !char.IsAsciiHexDigit((char)text[other + 1]) || !char.IsAsciiHexDigit((char)text[other + 2]))
            {
                return false;
            }

            text = text[(other + 3)..];
        }
    }

    private static SearchValues<byte> Set(string characters) =>
        SearchValues.Create(System.Text.Encoding.ASCII.GetBytes(characters));
}
