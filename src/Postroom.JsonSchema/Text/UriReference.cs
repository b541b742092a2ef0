namespace Postroom.JsonSchema.Text;

/// <summary>A URI reference in its five parts (RFC 3986 appendix B); a part that is not there is null.</summary>
internal readonly record struct UriReference(
    string? Scheme, string? Authority, string Path, string? Query, string? Fragment)
{
    /// <summary>The URI of the document or resource, without the place in it.</summary>
    public string WithoutFragment
    {
        get
        {
            string scheme = Scheme is null ? "" : Scheme + ":";
            string authority = Authority is null ? "" : "//" + Authority;
            return scheme + authority + Path + (Query is null ? "" : "?" + Query);
        }
    }

    public static UriReference Parse(string text)
    {
        string? fragment = Behind(ref text, '#'), query = Behind(ref text, '?'), scheme = null, authority = null;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && char.IsAsciiLetter(text[0]) && IsScheme(text.AsSpan(0, colon)))
        {
            (scheme, text) = (text[..colon], text[(colon + 1)..]);
        }

        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            int slash = text.IndexOf('/', 2);
            slash = slash < 0 ? text.Length : slash;
            (authority, text) = (text[2..slash], text[slash..]);
        }

        return new UriReference(scheme, authority, text, query, fragment);
    }

    /// <summary>Section 5.2.2, with this as the base.</summary>
    public UriReference Resolve(UriReference reference)
    {
        if (reference.Scheme is not null || reference.Authority is not null)
        {
            return reference with
            {
                Scheme = reference.Scheme ?? Scheme, Path = WithoutDotSegments(reference.Path),
            };
        }

        if (reference.Path.Length == 0)
        {
            return this with { Query = reference.Query ?? Query, Fragment = reference.Fragment };
        }

        string path = reference.Path.StartsWith('/') ? reference.Path : Merge(reference.Path);
        return this with
        {
            Path = WithoutDotSegments(path), Query = reference.Query, Fragment = reference.Fragment,
        };
    }

    public UriReference Resolve(string reference) => Resolve(Parse(reference));

    /// <summary>Section 5.2.3.</summary>
    private string Merge(string path) => Authority is not null && Path.Length == 0
        ? "/" + path
        : Path[..(Path.LastIndexOf('/') + 1)] + path;

    /// <summary>Section 5.2.4.</summary>
    private static string WithoutDotSegments(string path)
    {
        if (!path.Contains('.', StringComparison.Ordinal))
        {
            return path;
        }

        var kept = new List<string>();
        string[] segments = path.Split('/');
        foreach (string segment in segments)
        {
            if (segment == ".." && kept.Count > 0 && kept[^1] is not ("" or ".."))
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment != "." && !(segment == ".." && path.StartsWith('/')))
            {
                kept.Add(segment);
            }
        }

        if (segments[^1] is "." or "..")
        {
            kept.Add("");
        }

        return string.Join('/', kept);
    }

    private static string? Behind(ref string text, char mark)
    {
        int at = text.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        string behind = text[(at + 1)..];
        text = text[..at];
        return behind;
    }

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
