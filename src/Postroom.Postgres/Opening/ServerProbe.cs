using System.Globalization;
using Npgsql;

namespace Postroom.Postgres.Opening;

/// <summary>
/// Asks a server at the start whether it can keep what is promised: what it cannot is refused by name, what is weaker
/// than it could be is said.
/// </summary>
internal static class ServerProbe
{
    private const int OldestVersion = 130000;
    private const long LockNumber = 0x506F737470726F62;
    private static readonly TimeSpan s_clockMax = TimeSpan.FromSeconds(2);

    private static readonly string[] s_settings =
        ["server_version_num", "fsync", "full_page_writes", "synchronous_commit", "synchronous_standby_names"];

    /// <summary>What is worth a warning.</summary>
    /// <exception cref="PostgresStartException">The server cannot keep it.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(
        Database database, TimeProvider? clock, CancellationToken cancel)
    {
        var settings = await SettingsAsync(database, cancel);
        Refuse(settings);
        await RefuseHollowLocksAsync(database, cancel);
        var findings = new List<string>();
        if (settings["synchronous_commit"] == "local")
        {
            findings.Add(
                "synchronous_commit is local: what is acknowledged is on this server's disk, and not on its standbys. "
                + "A failover can lose it.");
        }

        if (clock is not null && await ClockDifferenceAsync(database, clock, cancel) is var difference
            && difference > s_clockMax)
        {
            var seconds = difference.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            findings.Add(
                $"The clock of this machine and that of the database differ by {seconds} s. Keys end, and entries are "
                + "dated, by the machine's: let both follow the same time server.");
        }

        return findings;
    }

    /// <summary>Refuses settings under which an acknowledged entry could be lost.</summary>
    public static void Refuse(IReadOnlyDictionary<string, string> settings)
    {
        if (int.Parse(settings["server_version_num"], CultureInfo.InvariantCulture) < OldestVersion)
        {
            throw new PostgresStartException("The server is older than PostgreSQL 13. Use 13 or newer.");
        }

        foreach (var name in new[] { "fsync", "full_page_writes" })
        {
            if (settings[name] != "on")
            {
                throw new PostgresStartException(
                    $"{name} is {settings[name]} at the server: after a loss of power nothing is certain. Set it to "
                    + "on.");
            }
        }

        if (settings["synchronous_commit"] == "off")
        {
            throw new PostgresStartException(
                "synchronous_commit is off for this connection: the server would acknowledge what it can still lose. "
                + "Set it to on for the role or the database.");
        }
    }

    // Some servers of PostgreSQL's protocol take these functions and lock nothing.
    private static async Task RefuseHollowLocksAsync(Database database, CancellationToken cancel)
    {
        await using var first = await database.Source.OpenConnectionAsync(cancel);
        await using var second = await database.Source.OpenConnectionAsync(cancel);
        await using var held = await first.BeginTransactionAsync(cancel);
        await using var tried = await second.BeginTransactionAsync(cancel);

        // A number of its own keeps nodes that probe at the same time apart.
        var number = LockNumber + first.ProcessID;
        if (!await TryAsync(first, number, cancel) || await TryAsync(second, number, cancel))
        {
            throw new PostgresStartException(
                "pg_try_advisory_xact_lock of this server does not lock. Nodes that start together would change the "
                + "schema at once. Use PostgreSQL itself.");
        }
    }

    private static async Task<bool> TryAsync(NpgsqlConnection connection, long number, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection)
        {
            Parameters = { Parameters.Long(number) },
        };
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<Dictionary<string, string>> SettingsAsync(Database database, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(
            "SELECT name, setting FROM pg_settings WHERE name = ANY ($1)");
        command.Parameters.Add(Parameters.Texts(s_settings));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var settings = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancel))
        {
            settings.Add(reader.GetString(0), reader.GetString(1));
        }

        return s_settings.All(settings.ContainsKey)
            ? settings
            : throw new PostgresStartException("The server does not tell its settings as PostgreSQL does.");
    }

    private static async Task<TimeSpan> ClockDifferenceAsync(
        Database database, TimeProvider clock, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(
            "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint");
        var before = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var server = (long)(await command.ExecuteScalarAsync(cancel))!;
        var after = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return TimeSpan.FromMilliseconds(Math.Abs(server - (before + ((after - before) / 2))));
    }
}
