using Postroom.Declarations;

namespace Postroom.Server.Commands;

/// <summary>Which data folder a command means.</summary>
internal static class DataFolderChoice
{
    public const string PathDescription = "The folder with postroom.yaml, the file itself, or a data folder.";
    public const string DataDescription = "The data folder, when the declaration beside does not name it.";

    private const string DatabaseName = "postroom.db";

    /// <summary>What the command line says, else a data folder itself, else what the declaration says.</summary>
    public static string Choose(string path, string? data)
    {
        if (data is not null)
        {
            return Path.GetFullPath(data);
        }

        return File.Exists(Path.Combine(path, DatabaseName))
            ? Path.GetFullPath(path)
            : Of(DeclarationFile.Load(path), null);
    }

    /// <summary>The bucket that keeps the files, where there is a declaration and it names one.</summary>
    public static BucketDeclaration? BucketOf(string path) =>
        File.Exists(path) || File.Exists(Path.Combine(path, DeclarationLoader.FileName))
            ? DeclarationFile.Load(path).Store.Bucket
            : null;

    /// <summary>What the command line says, else what the declaration says, where the store is in a folder.</summary>
    public static string Of(PostroomDeclaration declaration, string? data) => declaration.Store.Postgres is null
        ? Path.GetFullPath(data ?? declaration.Data)
        : throw new CommandException(
            "The entries of this declaration are in PostgreSQL, and this command works on the SQLite store. Use the "
            + "inbox, or the tools of PostgreSQL: the view entries_readable in the schema postroom shows them.");
}
