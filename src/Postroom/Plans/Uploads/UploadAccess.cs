using System.Security.Claims;

namespace Postroom.Plans.Uploads;

/// <summary>Who may download or delete a file.</summary>
internal sealed class UploadAccess
{
    public const string Owner = "owner";

    private readonly AccessRule? _rule;

    private UploadAccess(AccessRule? rule) => _rule = rule;

    public bool IsPublic => _rule is { IsPublic: true };

    /// <summary>Null when the text is no rule.</summary>
    public static UploadAccess? Parse(string text) => text == Owner
        ? new UploadAccess(null)
        : AccessRule.Parse(text) is { } rule ? new UploadAccess(rule) : null;

    /// <summary>Judges a caller; an anonymous one owns nothing.</summary>
    /// <param name="caller">Who is signed in.</param>
    /// <param name="name">The name of the caller; empty for an anonymous one.</param>
    /// <param name="owner">Who uploaded the file; null for an anonymous one.</param>
    public bool Admits(ClaimsPrincipal caller, string name, string? owner) => _rule switch
    {
        null => name.Length > 0 && name == owner,
        { IsPublic: true } => true,
        _ => name.Length > 0 && _rule.Admits(caller),
    };
}
