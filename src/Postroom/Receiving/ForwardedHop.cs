using System.Net;

namespace Postroom.Receiving;

/// <summary>What declared proxies say of the request that the first of them took.</summary>
/// <param name="Client">Who sent it to them.</param>
/// <param name="Scheme"><c>https</c> or <c>http</c>; null when they do not say.</param>
/// <param name="Host">The host that was asked, with its port; null when they do not say.</param>
internal readonly record struct ForwardedHop(IPAddress? Client, string? Scheme, string? Host);
