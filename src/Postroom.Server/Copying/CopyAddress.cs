using Postroom.Server.Commands;

namespace Postroom.Server.Copying;

/// <summary>A store as the command line names it.</summary>
/// <param name="IsSqlite">Whether it is a data folder; else it is a database.</param>
/// <param name="Text">The folder, absolute, or the connection string.</param>
internal sealed record CopyAddress(bool IsSqlite, string Text)
{
    private const string Sqlite = "sqlite:";
    private const string Postgres = "postgres:";

    /// <exception cref="CommandException">It is neither; the message repeats none of it.</exception>
    public static CopyAddress Read(string option, string text)
    {
        if (text.StartsWith(Sqlite, StringComparison.Ordinal) && text.Length > Sqlite.Length)
        {
            return new CopyAddress(
                IsSqlite: true, Path.TrimEndingDirectorySeparator(Path.GetFullPath(text[Sqlite.Length..])));
        }

        // An address begins with the same word as the choice of the engine: it need not be said twice.
        if (text.StartsWith("postgres://", StringComparison.Ordinal)
            || text.StartsWith("postgresql://", StringComparison.Ordinal))
        {
            return new CopyAddress(IsSqlite: false, text);
        }

        return text.StartsWith(Postgres, StringComparison.Ordinal) && text.Length > Postgres.Length
            ? new CopyAddress(IsSqlite: false, text[Postgres.Length..])
            : throw new CommandException(
                $"{option} names a store: sqlite: and a data folder, such as sqlite:./data, or the address of a "
                + "database, such as postgres://user@host/database, or postgres: and Npgsql's keywords.");
    }
}
