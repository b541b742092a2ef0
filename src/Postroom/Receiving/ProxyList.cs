using System.Net;
using Postroom.Declarations;

namespace Postroom.Receiving;

/// <summary>The networks whose forwarded headers count; replaced when the declaration is reloaded.</summary>
internal sealed class ProxyList
{
    private IPNetwork[] _networks = [];

    public void Replace(PostroomDeclaration declaration) =>
        Volatile.Write(ref _networks, [.. declaration.Proxies.Select(text => IPNetwork.Parse(text))]);

    public bool Holds(IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        foreach (var network in Volatile.Read(ref _networks))
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
