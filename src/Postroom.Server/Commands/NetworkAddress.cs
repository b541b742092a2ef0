using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Postroom.Server.Commands;

/// <summary>Where other machines of the network find this one.</summary>
internal static class NetworkAddress
{
    public static string? Find() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up
            && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .FirstOrDefault(address => address.Address.AddressFamily == AddressFamily.InterNetwork)?.Address.ToString();
}
