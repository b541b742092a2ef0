using System.Net;
using System.Security.Claims;

namespace Postroom.Exchange;

/// <summary>Who sends a POST, as far as Receiving could tell without its body.</summary>
internal sealed class Caller
{
    /// <summary>The scope of callers who are not signed in: they share one, so their keys must be unguessable.</summary>
    public const string Anonymous = "";

    /// <summary>The address after trusted proxies; null for sockets that have none.</summary>
    public IPAddress? Address { get; init; }

    public bool IsLoopback { get; init; }

    /// <summary>True when a proxy spoke for somebody: then a loopback peer says nothing of where the request is from.</summary>
    public bool IsForwarded { get; init; }

    public required ClaimsPrincipal Principal { get; init; }

    /// <summary>The principal's name in the scope of keys and as owner of entries.</summary>
    public required string Name { get; init; }

    public bool IsAnonymous => Name.Length == 0;

    /// <summary>True when the headers are those that only browsers send.</summary>
    public bool IsBrowser { get; init; }

    /// <summary>What rates and quotas count by: the address, an IPv6 one cut to its /64 network.</summary>
    public required string RateKey { get; init; }
}
