using System.Security.Claims;

namespace Postroom.Plans;

/// <summary>
/// Who may do something: one of the closed set <c>public</c>, <c>authenticated</c>, <c>owner</c>, <c>role:x</c>,
/// <c>scope:y</c>.
/// </summary>
internal sealed class AccessRule
{
    private readonly string? _role;
    private readonly string? _scope;

    private AccessRule(bool isPublic, string? role, string? scope, bool isOwner = false)
    {
        IsPublic = isPublic;
        IsOwner = isOwner;
        _role = role;
        _scope = scope;
    }

    /// <summary>Anybody may.</summary>
    public bool IsPublic { get; }

    /// <summary>Whoever created the record may: what it admits depends on a record.</summary>
    public bool IsOwner { get; }

    /// <summary>Null when the text is none of the rules.</summary>
    public static AccessRule? Parse(string text) => text switch
    {
        "public" => new(true, null, null),
        "authenticated" => new(false, null, null),
        "owner" => new(false, null, null, isOwner: true),
        _ when text.StartsWith("role:", StringComparison.Ordinal) && text.Length > 5 => new(false, text[5..], null),
        _ when text.StartsWith("scope:", StringComparison.Ordinal) && text.Length > 6 => new(false, null, text[6..]),
        _ => null,
    };

    /// <summary>Judges a caller who is signed in; whose the record is, is not judged here.</summary>
    public bool Admits(ClaimsPrincipal caller) =>
        IsPublic || (_role is null || caller.IsInRole(_role)) && (_scope is null || HasScope(caller, _scope));

    /// <summary>A scope claim is a list separated by spaces (RFC 8693 §4.2); some issuers name it scp.</summary>
    private static bool HasScope(ClaimsPrincipal caller, string scope) =>
        caller.Claims.Any(claim => claim.Type is "scope" or "scp" && claim.Value.Split(' ').Contains(scope));
}
