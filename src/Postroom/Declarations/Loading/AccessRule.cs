using Postroom.Declarations.Yaml;
using Postroom.Faults;

namespace Postroom.Declarations.Loading;

/// <summary>
/// Rules of access: <c>public</c>, <c>authenticated</c>, <c>owner</c>, <c>role:x</c>, <c>scope:y</c>.
/// </summary>
internal static class AccessRule
{
    public const string Public = "public";
    private const string Owner = "owner";

    /// <summary>What is wrong; null for a rule that this version can carry out.</summary>
    /// <param name="text">The rule.</param>
    /// <param name="identityAvailable">Whether callers are known.</param>
    /// <param name="ofRecords">Whether it is about records, which have owners.</param>
    /// <param name="knowsOwner">Whether there is a record, and so an owner, when it is judged.</param>
    public static string? Fault(
        string text, bool identityAvailable, bool ofRecords = false, bool knowsOwner = false)
    {
        var rules = ofRecords
            ? "`public`, `authenticated`, `owner`, `role:x` or `scope:y`"
            : "`public`, `authenticated`, `role:x` or `scope:y`";
        if (text == Public)
        {
            return null;
        }

        if (text == Owner && ofRecords && !knowsOwner)
        {
            return "`owner` is whoever has created a record, so it cannot say who may create one. Write a mapping, "
                + "such as `{create: authenticated, read: owner}`.";
        }

        if ((text == Owner && !ofRecords) || text.StartsWith("ask:", StringComparison.Ordinal))
        {
            return Availability.Missing($"The access rule `{Excerpt.Of(text)}`", $"Use {rules}.");
        }

        if (text is not ("authenticated" or Owner) && !IsNamed(text, "role:") && !IsNamed(text, "scope:"))
        {
            return $"`{Excerpt.Of(text)}` is not a rule. Write {rules}."
                + NearestName.Suggest(text, ofRecords ? [Public, "authenticated", Owner] : [Public, "authenticated"]);
        }

        return identityAvailable
            ? null
            : $"`{Excerpt.Of(text)}` needs to know callers, and this server has no identity. Use `public`, or the "
                + "library in an application with authentication.";
    }

    /// <summary>
    /// A name after the prefix: visible ASCII without quotes and backslashes (scope-token, RFC 6749 §3.3).
    /// </summary>
    private static bool IsNamed(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length
        && text.Skip(prefix.Length).All(character => character is > ' ' and <= '~' and not ('"' or '\\'));
}
