using Npgsql;

namespace Postroom.Postgres.Opening;

/// <summary>Reads a connection string in either form.</summary>
internal static class PostgresAddress
{
    private static readonly Dictionary<string, SslMode> s_modes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["disable"] = SslMode.Disable,
        ["allow"] = SslMode.Allow,
        ["prefer"] = SslMode.Prefer,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    /// <exception cref="PostgresStartException">It is no connection string; the message repeats none of it.</exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        try
        {
            return text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
                || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
                    ? ReadUri(new Uri(text))
                    : new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new PostgresStartException(
                "The connection string of the store cannot be read. It is an address such as "
                + "postgres://user:password@host:5432/database?sslmode=verify-full, or keywords such as "
                + "Host=…;Database=…;Username=…;Password=….");
        }
    }

    private static NpgsqlConnectionStringBuilder ReadUri(Uri uri)
    {
        var read = new NpgsqlConnectionStringBuilder
        {
            Host = Uri.UnescapeDataString(uri.Host),
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        if (uri.Port > 0)
        {
            read.Port = uri.Port;
        }

        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            read.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length == 2)
        {
            read.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            Set(read, Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));
        }

        return read;
    }

    // The names of libpq where they differ from the keywords of the driver.
    private static void Set(NpgsqlConnectionStringBuilder read, string name, string value)
    {
        switch (name)
        {
            case "sslmode":
                read.SslMode = s_modes[value];
                break;
            case "sslrootcert":
                read.RootCertificate = value;
                break;
            case "host":
                read.Host = value;
                break;
            default:
                read[name.Replace('_', ' ')] = value;
                break;
        }
    }
}
