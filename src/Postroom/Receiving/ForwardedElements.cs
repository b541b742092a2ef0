using System.Net;

namespace Postroom.Receiving;

/// <summary>
/// The header Forwarded (RFC 7239 §4). It is read as a whole or not at all: a quote that a client leaves open would
/// swallow what the proxy adds after it.
/// </summary>
internal static class ForwardedElements
{
    private const int ElementsMax = 100;

    /// <summary>False when the header is not well-formed; then nothing of it counts.</summary>
    public static bool TryRead(string header, IPAddress? remote, ProxyList proxies, out ForwardedHop hop)
    {
        hop = new ForwardedHop(remote, null, null);
        if (!TryParse(header, out var elements))
        {
            return false;
        }

        for (var index = elements.Count - 1; index >= 0; index--)
        {
            var element = elements[index];
            hop = new ForwardedHop(hop.Client, Scheme(element), Host(element));
            if (!element.TryGetValue("for", out var node) || !ForwardedFor.TryParse(node, out var address))
            {
                break;
            }

            hop = hop with { Client = address };
            if (!proxies.Holds(address))
            {
                break;
            }
        }

        return true;
    }

    private static string? Scheme(Dictionary<string, string> element) =>
        ForwardedHeaders.Scheme(element.GetValueOrDefault("proto"));

    private static string? Host(Dictionary<string, string> element) =>
        ForwardedHeaders.Host(element.GetValueOrDefault("host"));

    private static bool TryParse(string header, out List<Dictionary<string, string>> elements)
    {
        elements = [[]];
        var rest = header.AsSpan();
        while (true)
        {
            rest = rest.TrimStart(" \t");
            if (rest.IsEmpty)
            {
                elements.RemoveAll(element => element.Count == 0);
                return true;
            }

            if (rest[0] is ',' or ';')
            {
                Part(elements, rest[0]);
                rest = rest[1..];
            }
            else if (elements.Count > ElementsMax || !TryTakePair(ref rest, elements[^1]))
            {
                return false;
            }
        }
    }

    // RFC 9110 §5.6.1: empty elements of a list count for nothing.
    private static void Part(List<Dictionary<string, string>> elements, char mark)
    {
        if (mark == ',' && elements[^1].Count > 0)
        {
            elements.Add([]);
        }
    }

    private static bool TryTakePair(ref ReadOnlySpan<char> rest, Dictionary<string, string> element)
    {
        var equals = rest.IndexOf('=');
        if (equals < 1 || rest[..equals].ContainsAny(" \t,;\""))
        {
            return false;
        }

        var name = rest[..equals].ToString().ToLowerInvariant();
        rest = rest[(equals + 1)..];
        return TryTakeValue(ref rest, out var value) && element.TryAdd(name, value);
    }

    private static bool TryTakeValue(ref ReadOnlySpan<char> rest, out string value)
    {
        value = "";
        if (!rest.StartsWith('"'))
        {
            var length = rest.IndexOfAny(",; \t");
            length = length < 0 ? rest.Length : length;
            value = rest[..length].ToString();
            rest = rest[length..];
            return length > 0 && !value.Contains('"', StringComparison.Ordinal) && EndsPair(rest);
        }

        var close = rest[1..].IndexOf('"');
        if (close < 0 || rest.Slice(1, close).Contains('\\'))
        {
            return false;
        }

        value = rest.Slice(1, close).ToString();
        rest = rest[(close + 2)..];
        return EndsPair(rest);
    }

    private static bool EndsPair(ReadOnlySpan<char> rest)
    {
        var next = rest.TrimStart(" \t");
        return next.IsEmpty || next[0] is ',' or ';';
    }
}
