using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Postroom.Exchange;

/// <summary>
/// An address with its texts, made once for each connection: the server keeps one address object for it.
/// </summary>
internal sealed class CallerAddress
{
    private static readonly ConditionalWeakTable<IPAddress, CallerAddress> s_known = [];

    private CallerAddress(IPAddress? address)
    {
        Address = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        IsLoopback = Address is null || IPAddress.IsLoopback(Address);
        Text = Address?.ToString();
        RateKey = KeyOf(Address);
    }

    /// <summary>A socket that has no address, such as a Unix one: whoever reaches it is on this machine.</summary>
    public static CallerAddress Local { get; } = new(null);

    public IPAddress? Address { get; }

    public bool IsLoopback { get; }

    public string? Text { get; }

    /// <summary>
    /// What rates and quotas count by. One household has one /64: counting single IPv6 addresses would count nothing.
    /// </summary>
    public string RateKey { get; }

    public static CallerAddress Of(IPAddress? address) =>
        address is null ? Local : s_known.GetValue(address, static key => new CallerAddress(key));

    private static string KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return "local";
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes).ToString();
    }
}
