using Postroom.Sqlite;

namespace Postroom.Server.Commands;

/// <summary>Opens the data folder beside a running server, or ends the command with what to do.</summary>
internal static class ReadOnlyStore
{
    public static SqliteStoreView Open(string folder)
    {
        try
        {
            return SqlitePostStore.OpenReadOnly(Path.GetFullPath(folder), TimeProvider.System);
        }
        catch (StoreStartException exception)
        {
            throw new CommandException(exception.Message);
        }
    }
}
