using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Postroom.Load.Nodes;

/// <summary>A PostgreSQL of this run's own, as durable as it comes, on the disk that is measured.</summary>
internal sealed class DatabaseServer : IDisposable
{
    private const double MicrosecondsPerTick = 10_000; // USER_HZ is 100 on every Linux that .NET runs on

    // Room for what is written in memory and in the log; all that durability rests on stays as it comes.
    private const string Settings = "-c shared_buffers=1GB -c max_wal_size=8GB -c max_connections=300";

    private readonly string _programs = FindPrograms();
    private readonly string _folder;
    private readonly int _port = FreePort();

    private DatabaseServer(string folder) => _folder = folder;

    internal static DatabaseServer Start(string folder)
    {
        var server = new DatabaseServer(Path.GetFullPath(folder));
        Directory.CreateDirectory(server._folder);
        if (Environment.UserName == "root")
        {
            Check(Process.Start("chown", ["nobody:nogroup", server._folder]));
        }

        server.Run("initdb", "-D", $"{server._folder}/cluster", "-U", "postroom", "-A", "trust", "-E", "UTF8",
            "--locale=C");
        server.Run("pg_ctl", "-D", $"{server._folder}/cluster", "-w", "-l", $"{server._folder}/log", "-o",
            $"-p {server._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= {Settings}", "start");
        return server;
    }

    /// <summary>The version and what a reader should know of its settings.</summary>
    internal string Describe() => $"PostgreSQL {Query("postgres", "SHOW server_version")[0]}, {Settings}";

    /// <summary>Makes an empty database, with everything before it on the disk.</summary>
    internal void Make(string database)
    {
        Query("postgres", $"CREATE DATABASE {database}");
        Query("postgres", "CHECKPOINT");
    }

    internal void Drop(string database) =>
        Query("postgres", $"DROP DATABASE {database} WITH (FORCE)");

    internal string Address(string database, string more = "") =>
        $"Host=127.0.0.1;Port={_port};Username=postroom;Database={database};SSL Mode=Disable{more}";

    /// <summary>The first column of what a query gives.</summary>
    internal List<string> Query(string database, string sql)
    {
        var start = new ProcessStartInfo($"{_programs}/psql",
        [
            "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "postroom", "-d", database,
            "-At", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql,
        ])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new IOException("could not start psql");
        var values = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            values.Add(line);
        }

        Check(process);
        return values;
    }

    /// <summary>Microseconds of CPU that all processes of the server have used.</summary>
    internal double CpuMicroseconds()
    {
        var main = int.Parse(
            File.ReadLines($"{_folder}/cluster/postmaster.pid").First(), CultureInfo.InvariantCulture);
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && ReadStat(folder) is { } stat && (id == main || stat[1] == main))
            {
                // proc_pid_stat(5): utime and stime, of the main process also of children that are gone
                ticks += stat[11] + stat[12] + (id == main ? stat[13] + stat[14] : 0);
            }
        }

        return ticks * MicrosecondsPerTick;
    }

    public void Dispose()
    {
        Run("pg_ctl", "-D", $"{_folder}/cluster", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    // The fields after the name; what is no number counts as nought.
    private static long[]? ReadStat(string folder)
    {
        try
        {
            var text = File.ReadAllText($"{folder}/stat");
            return [.. text[(text.LastIndexOf(')') + 2)..].Split(' ')
                .Select(field => long.TryParse(field, CultureInfo.InvariantCulture, out var number) ? number : 0)];
        }
        catch (IOException)
        {
            return null; // it ended meanwhile
        }
    }

    private void Run(string program, params string[] arguments)
    {
        // initdb and the server refuse to run as root.
        string[] words = Environment.UserName == "root"
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", $"{_programs}/{program}", .. arguments]
            : [$"{_programs}/{program}", .. arguments];
        string[] shell = ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. words];
        using var process = Process.Start("sh", shell);
        Check(process);
    }

    private static void Check(Process process)
    {
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new IOException($"{process.StartInfo.FileName} ended with {process.ExitCode}");
        }
    }

    private static string FindPrograms() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => $"{version}/bin")
                .Where(folder => File.Exists($"{folder}/initdb")).OrderDescending().First()
            : throw new IOException("There is no PostgreSQL in /usr/lib/postgresql.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
