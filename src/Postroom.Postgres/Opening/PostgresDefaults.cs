using System.Data.Common;
using Npgsql;

namespace Postroom.Postgres.Opening;

/// <summary>What the store asks of its connections where the connection string does not say otherwise.</summary>
internal static class PostgresDefaults
{
    /// <summary>Statements that a connection prepares by itself, unless told.</summary>
    public const int PreparedMax = 60;

    private const int KeepAliveSeconds = 30;
    private const int ConnectSeconds = 5;

    // Longer than a statement waits for a row; a network that swallows everything is noticed by nothing else.
    private const int CommandSeconds = 15;

    /// <param name="given">What was given; it stays as it is.</param>
    /// <param name="poolMax">Connections at most.</param>
    /// <param name="preparedMax">Statements that a connection prepares by itself.</param>
    public static NpgsqlConnectionStringBuilder Apply(
        NpgsqlConnectionStringBuilder given, int poolMax, int preparedMax = PreparedMax)
    {
        var address = new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            PersistSecurityInfo = false,
            IncludeErrorDetail = false,
        };

        // The driver's own builder contains every keyword there is, said or not; this one has what was said.
        var said = new DbConnectionStringBuilder { ConnectionString = given.ConnectionString };
        Set("Maximum Pool Size", poolMax);
        Set("Max Auto Prepare", preparedMax);
        Set("Auto Prepare Min Usages", 2);
        Set("Keepalive", KeepAliveSeconds);
        Set("Timeout", ConnectSeconds);
        Set("Command Timeout", CommandSeconds);
        Set("Application Name", "postroom");

        // The store leaves nothing behind in a session that the next who uses it would meet.
        Set("No Reset On Close", true);
        if (PostgresAddress.IsSeveral(given))
        {
            // A standby answers too, and takes nothing.
            Set("Target Session Attributes", "primary");
        }

        return address;

        void Set(string keyword, object value)
        {
            if (!said.ContainsKey(keyword))
            {
                address[keyword] = value;
            }
        }
    }
}
