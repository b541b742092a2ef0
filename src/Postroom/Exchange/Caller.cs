using System.Security.Claims;

namespace Postroom.Exchange;

/// <summary>Who sends a POST, as far as Receiving could tell without its body.</summary>
internal sealed class Caller
{
    /// <summary>
    /// The scope of callers who are not signed in: they share one, so their keys must be unguessable.
    /// </summary>
    public const string Anonymous = "";

    /// <summary>The principal of whoever is not signed in.</summary>
    public static ClaimsPrincipal Nobody { get; } = new(new ClaimsIdentity());

    /// <summary>The address after trusted proxies.</summary>
    public required CallerAddress Address { get; init; }

    public bool IsLoopback => Address.IsLoopback;

    /// <summary>
    /// True when a proxy spoke for somebody: then a loopback peer says nothing of where the request is from.
    /// </summary>
    public bool IsForwarded { get; init; }

    /// <summary>Who is signed in; without an identity for anonymous callers.</summary>
    public required ClaimsPrincipal Principal { get; init; }

    /// <summary>The principal's name in the scope of keys and as owner of entries.</summary>
    public required string Name { get; init; }

    public bool IsAnonymous => Name.Length == 0;

    /// <summary>True when the headers are those that only browsers send.</summary>
    public bool IsBrowser { get; init; }

    /// <summary>What rates and quotas count by.</summary>
    public string RateKey => Address.RateKey;
}
