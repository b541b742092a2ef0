using Npgsql;

namespace Postroom.Postgres.Opening;

/// <summary>Reads a connection string in either form.</summary>
internal static class PostgresAddress
{
    private const string SchemeEnd = "://";

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
                    ? ReadUri(text)
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

    /// <summary>Where it leads, for a person: no more than hosts and ports.</summary>
    public static string Place(NpgsqlConnectionStringBuilder address) =>
        IsSeveral(address) ? address.Host! : $"{address.Host}:{address.Port}";

    /// <summary>Whether several hosts are named, of which one is the primary.</summary>
    public static bool IsSeveral(NpgsqlConnectionStringBuilder address) => address.Host?.Contains(',') == true;

    private static NpgsqlConnectionStringBuilder ReadUri(string text)
    {
        var (uri, more) = Split(text);
        var read = new NpgsqlConnectionStringBuilder
        {
            Host = Uri.UnescapeDataString(uri.Host),
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        if (more.Length > 0)
        {
            read.Host = string.Join(',', [uri.Port > 0 ? $"{read.Host}:{uri.Port}" : read.Host, .. more]);
        }
        else if (uri.Port > 0)
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

    // libpq takes several hosts, "a:5432,b:5432"; RFC 3986 section 3.2.2 knows one. The others are cut out.
    private static (Uri Uri, string[] More) Split(string text)
    {
        var start = text.IndexOf(SchemeEnd, StringComparison.Ordinal) + SchemeEnd.Length;
        var end = text.IndexOfAny(['/', '?', '#'], start);
        var authority = end < 0 ? text[start..] : text[start..end];
        var hosts = authority[(authority.LastIndexOf('@') + 1)..];
        var comma = hosts.IndexOf(',', StringComparison.Ordinal);
        return comma < 0
            ? (new Uri(text), [])
            : (new Uri(text.Remove(start + authority.Length - hosts.Length + comma, hosts.Length - comma)),
                [.. hosts[(comma + 1)..].Split(',').Select(Checked)]);
    }

    private static string Checked(string host) =>
        new Uri("postgres" + SchemeEnd + host) is { Host.Length: > 0, PathAndQuery: "" or "/" }
            ? host
            : throw new FormatException("This is no host.");

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
            case "target_session_attrs":
                read.TargetSessionAttributes = value;
                break;
            default:
                read[name.Replace('_', ' ')] = value;
                break;
        }
    }
}
