using System.Diagnostics;

namespace Postroom.Postgres.Tests.Chaos;

/// <summary>
/// A network namespace for one node, with two cables to the rest of the machine: one for those who post, one for the
/// database, which can be pulled out.
/// </summary>
internal sealed class CutNetwork : IDisposable
{
    // Documentation addresses (RFC 5737): most likely nothing else is there.
    public const string Database = "203.0.113.1";
    public const string Node = "198.51.100.2";

    private readonly string _name = $"postroom-{Environment.ProcessId}";
    private readonly string _databaseEnd = $"pd{Environment.ProcessId}";
    private readonly string _clientEnd = $"pc{Environment.ProcessId}";

    private CutNetwork()
    {
    }

    /// <summary>How a program is started in it.</summary>
    public IReadOnlyList<string> Enter => ["ip", "netns", "exec", _name];

    /// <summary>Makes one; skips the test where the machine does not let us.</summary>
    public static CutNetwork Make()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Network namespaces: Linux only.");
        Assert.SkipUnless(Environment.UserName == "root", "Network namespaces are made by root.");
        var network = new CutNetwork();
        if (Ip($"netns add {network._name}") is { Length: > 0 } reason)
        {
            Assert.Skip($"This machine makes no network namespace: {reason}");
        }

        try
        {
            network.Connect(network._databaseEnd, Database, "203.0.113.2", "database");
            network.Connect(network._clientEnd, "198.51.100.1", Node, "clients");
            return network;
        }
        catch (InvalidOperationException failure)
        {
            network.Dispose();
            Assert.Skip($"This machine connects no network namespace: {failure.Message}");
            throw;
        }
    }

    /// <summary>Pulls the cable of the database: what is sent is swallowed, and nobody is told.</summary>
    public void Cut() => Demand($"link set {_databaseEnd} down");

    public void Mend() => Demand($"link set {_databaseEnd} up");

    public void Dispose()
    {
        // The cables go with one of their ends.
        Ip($"link delete {_databaseEnd}");
        Ip($"link delete {_clientEnd}");
        Ip($"netns delete {_name}");
    }

    private void Connect(string end, string address, string inside, string name)
    {
        Demand($"link add {end} type veth peer name {name} netns {_name}");
        Demand($"address add {address}/30 dev {end}");
        Demand($"link set {end} up");
        Demand($"-n {_name} address add {inside}/30 dev {name}");
        Demand($"-n {_name} link set {name} up");
        Demand($"-n {_name} link set lo up");
    }

    private static void Demand(string arguments)
    {
        if (Ip(arguments) is { Length: > 0 } reason)
        {
            throw new InvalidOperationException($"ip {arguments}: {reason}");
        }
    }

    /// <summary>What it has to say against it; empty when it is done.</summary>
    private static string Ip(string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            var reason = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : $"{reason.Trim()} ({process.ExitCode})";
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            return failure.Message;
        }
    }
}
