using System.Collections.Frozen;

namespace Postroom.Validation;

/// <summary>
/// Finds e-mail addresses in folded text whose domain, a domain above it, or which themselves are blocked.
/// </summary>
internal sealed class EmailBlocks(IEnumerable<string> blocked)
{
    private const int LocalMax = 64;
    private const int DomainMax = 253;
    private const int LevelsMax = 16;

    private readonly FrozenSet<string> _blocked = blocked.Select(FoldedText.Fold).ToFrozenSet(StringComparer.Ordinal);

    public bool IsEmpty => _blocked.Count == 0;

    /// <summary>The entry of the list that was met, in lower case; null for none.</summary>
    public string? Find(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        while (at >= 0)
        {
            var end = at + 1;
            while (end < text.Length && end - at <= DomainMax && IsDomain(text[end]))
            {
                end++;
            }

            if (Judge(text, at, text[(at + 1)..end].TrimEnd('.')) is { } entry)
            {
                return entry.ToLowerInvariant();
            }

            var next = text[end..].IndexOf('@');
            at = next < 0 ? -1 : end + next;
        }

        return null;
    }

    private string? Judge(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> domain)
    {
        var start = at;
        while (start > 0 && at - start < LocalMax && IsLocal(text[start - 1]))
        {
            start--;
        }

        var lookup = _blocked.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text[start..(at + 1 + domain.Length)], out var address))
        {
            return address;
        }

        for (int level = 0, dot = domain.Length; level < LevelsMax && dot > 0; level++)
        {
            dot = domain[..dot].LastIndexOf('.');
            if (lookup.TryGetValue(domain[(dot + 1)..], out var entry))
            {
                return entry;
            }
        }

        return null;
    }

    private static bool IsDomain(char character) => char.IsLetterOrDigit(character) || character is '.' or '-' or '_';

    private static bool IsLocal(char character) =>
        !char.IsWhiteSpace(character) && character is not ('@' or '<' or '>' or '"' or '(' or ',' or ';' or ':');
}
