using System.Diagnostics;
using Npgsql;

namespace Postroom.Postgres.Tests.Pooled;

/// <summary>PgBouncer in transaction mode before the tests' server; where there is none, the tests skip themselves.</summary>
public sealed class PgBouncer(PostgresServer server) : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    private readonly string _folder = Directory.CreateTempSubdirectory("postroom-pgbouncer-").FullName;
    private Process? _process;

    internal int Port { get; } = PostgresServer.FreePort();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A store whose every connection leads through it.</summary>
    internal PostgresStoreOptions NewStore()
    {
        var options = server.NewStore();
        Start();

        // Its own tables are found by the store's name; a search path is no parameter that this pooler passes on.
        return options with { ConnectionString = ConnectionString("postgres") };
    }

    /// <summary>The address of a new database through it, as a declaration says it.</summary>
    internal async Task<string> NewDatabaseAsync(string name)
    {
        await server.NewDatabaseAsync(name);
        Start();
        return $"postgres://postroom@127.0.0.1:{Port}/{name}?sslmode=disable";
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postroom;Database={database};SSL Mode=Disable;Timeout=30";

    private void Start()
    {
        if (_process is not null)
        {
            return;
        }

        Assert.SkipUnless(File.Exists(Program), "There is no PgBouncer on this machine (/usr/sbin/pgbouncer).");
        File.WriteAllText($"{_folder}/users", "\"postroom\" \"\"\n");
        File.WriteAllText($"{_folder}/ini", $"""
            [databases]
            * = host=127.0.0.1 port={server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {Port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {_folder}/users
            pool_mode = transaction
            default_pool_size = 20
            max_client_conn = 500

            """);
        if (OperatingSystem.IsLinux())
        {
            // It refuses to run as root, and has to find its files.
            File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherExecute);
        }

        string[] words = [Program, "-q", $"{_folder}/ini"];
        string[] started = Environment.UserName == "root"
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", .. words]
            : words;
        _process = Process.Start(new ProcessStartInfo(started[0], started[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Await();
    }

    private void Await()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var connection = new NpgsqlConnection($"{ConnectionString("postgres")};Pooling=false");
                connection.Open();
                return;
            }
            catch (NpgsqlException) when (attempt < 1000 && !_process!.HasExited)
            {
                // It does not listen yet.
                Thread.Yield();
            }
        }
    }
}
