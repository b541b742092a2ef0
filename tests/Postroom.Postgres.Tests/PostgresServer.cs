using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Postroom.Postgres.Tests;

/// <summary>
/// A PostgreSQL of this program's own in a temporary folder, started for the first test that needs it and removed at the
/// end. Where there is none to be had, the tests skip themselves and say why.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const long MemoryMin = 1L << 30;

    private readonly Lazy<string> _reason;
    private readonly string _folder;
    private readonly string? _programs = FindPrograms();
    private int _schema;

    public PostgresServer()
    {
        // In memory where there is room: the tests wait for many commits, and none of them cuts the power.
        var parent = Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace > MemoryMin
            ? "/dev/shm"
            : Path.GetTempPath();
        _folder = Path.Combine(parent, $"postroom-postgres-{Environment.ProcessId}-{GetHashCode():x}");
        _reason = new Lazy<string>(Start);
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; } = FreePort();

    /// <summary>More settings for the server, to be given before it starts.</summary>
    internal string Settings { get; init; } = "";

    /// <summary>The server that this one is a standby of, from its start on; null for a server of its own.</summary>
    internal PostgresServer? Primary { get; init; }

    /// <summary>The connection string, after the server was started; skips the test where that cannot be.</summary>
    public string ConnectionString
    {
        get
        {
            if (_reason.Value.Length > 0)
            {
                Assert.Skip(_reason.Value);
            }

            return $"Host=127.0.0.1;Port={Port};Username=postroom;Database=postgres;SSL Mode=Disable;Timeout=30";
        }
    }

    /// <summary>A connection string whose own tables and the store's are found in a schema that no other test has.</summary>
    internal PostgresStoreOptions NewStore()
    {
        var schema = $"test_{Interlocked.Increment(ref _schema)}";
        return new PostgresStoreOptions
        {
            ConnectionString = $"{ConnectionString};Search Path={schema}",
            Schema = schema,
            LeasesByServerClock = false,
        };
    }

    /// <summary>Ends the server as a crash does, and starts it again on the same data.</summary>
    public void Crash() => Restart("immediate");

    /// <summary>Lets everybody in who comes from the network of an address.</summary>
    internal async Task TrustAsync(string address)
    {
        await ExecuteAsync("SELECT 1");
        await File.AppendAllTextAsync($"{_folder}/data/pg_hba.conf", $"host all all {address}/24 trust\n");
        await ExecuteAsync("SELECT pg_reload_conf()");
    }

    /// <summary>Makes a database, and gives its address as a declaration says it.</summary>
    internal async Task<string> NewDatabaseAsync(string name)
    {
        await ExecuteAsync($"CREATE DATABASE {name}");
        return $"postgres://postroom@127.0.0.1:{Port}/{name}?sslmode=disable";
    }

    /// <summary>Runs a statement as somebody beside the store would, and gives its first value.</summary>
    internal async Task<object?> ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false;Database={database}");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Ends the server and starts it again on the same data.</summary>
    /// <param name="mode">As pg_ctl names them: fast ends sessions, immediate ends as a crash does.</param>
    internal void Restart(string mode)
    {
        Run("pg_ctl", $"-D {_folder}/data -m {mode} -W stop");
        while (File.Exists($"{_folder}/data/postmaster.pid") && IsRunning())
        {
            Thread.Yield();
        }

        Assert.Equal(0, Begin());
    }

    /// <summary>SIGKILL for the server and all that it has started, for good.</summary>
    internal void Kill()
    {
        var first = int.Parse(File.ReadLines($"{_folder}/data/postmaster.pid").First(), CultureInfo.InvariantCulture);
        var children = Children(first);
        foreach (var id in children.Prepend(first))
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
                process.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It has ended with its parent.
            }
        }
    }

    /// <summary>Makes a standby the primary.</summary>
    internal void Promote() => Assert.Equal(0, Run("pg_ctl", $"-D {_folder}/data -w promote"));

    public ValueTask DisposeAsync()
    {
        Remove();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs one of PostgreSQL's programs, and gives its exit code.</summary>
    internal int Run(string program, string arguments)
    {
        string[] shell = ["/bin/sh", "-c", $"'{_programs}/{program}' {arguments} >>{_folder}/log 2>&1 </dev/null"];
        // initdb and the server refuse to run as root.
        string[] words = Environment.UserName == "root"
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", .. shell]
            : shell;
        using var process = Process.Start(words[0], words[1..]);
        process.WaitForExit();
        return process.ExitCode;
    }

    private void Remove()
    {
        if (_reason.IsValueCreated && Directory.Exists(_folder))
        {
            Run("pg_ctl", $"-D {_folder}/data -m immediate stop");
            Directory.Delete(_folder, recursive: true);
        }
    }

    private bool IsRunning() => Run("pg_ctl", $"-D {_folder}/data status") == 0;

    private string Start()
    {
        if (_programs is null)
        {
            return "There is no PostgreSQL on this machine (initdb in /usr/lib/postgresql or the PATH).";
        }

        Directory.CreateDirectory(_folder);
        if (Environment.UserName == "root")
        {
            using var change = Process.Start("chown", ["nobody:nogroup", _folder]);
            change.WaitForExit();
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove();
        var made = Primary is null
            ? Run("initdb", $"-D {_folder}/data -U postroom -A trust -E UTF8 --locale=C --no-sync")
            : Run("pg_basebackup", $"-h 127.0.0.1 -p {Primary.Port} -U postroom -D {_folder}/data -R -c fast -N");
        if (made != 0)
        {
            return $"The data folder could not be made: {File.ReadAllText($"{_folder}/log")}";
        }

        return Begin() == 0 ? "" : $"PostgreSQL did not start: {File.ReadAllText($"{_folder}/log")}";
    }

    private int Begin() => Run(
        "pg_ctl",
        $"-D {_folder}/data -w -t 120 -l {_folder}/server.log -o \"-p {Port} -c listen_addresses=127.0.0.1 "
        + "-c unix_socket_directories= -c max_connections=300 -c shared_buffers=64MB -c max_wal_size=256MB "
        + $"-c log_min_messages=fatal {Settings}\" start");

    private static List<int> Children(int parent) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _) && ParentOf(name!) == parent)
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)),
    ];

    // "PID (NAME) STATE PARENT …", and a name may hold what it likes.
    private static int ParentOf(string process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string? FindPrograms() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => $"{version}/bin")
                .Where(folder => File.Exists($"{folder}/initdb")).OrderDescending().FirstOrDefault() ?? InPath()
            : InPath();

    private static string? InPath() => Environment.GetEnvironmentVariable("PATH")?.Split(':')
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
