using Postroom.Files;
using Postroom.Postgres;
using Postroom.Postgres.Copying;
using Postroom.Server.Backups;
using Postroom.Server.Commands;
using Postroom.Sqlite;
using Postroom.Sqlite.Copying;
using Postroom.Storage.Copying;

namespace Postroom.Server.Copying;

/// <summary>Opens both sides of a copy, and where their files are.</summary>
/// <param name="from">What is copied.</param>
/// <param name="to">What becomes the copy.</param>
/// <param name="files">The data folder of the nodes on PostgreSQL; null for that of the SQLite side.</param>
internal sealed class CopyPlaces(CopyAddress from, CopyAddress to, string? files)
{
    public async Task<int> RunAsync(
        TimeProvider time, ProgressLine progress, TextWriter output, CancellationToken cancel)
    {
        if (from.IsSqlite == to.IsSqlite)
        {
            throw new CommandException(
                "A store is copied from SQLite to PostgreSQL, or from PostgreSQL to SQLite. For two of a kind there "
                + "are backup and restore, and PostgreSQL's own tools.");
        }

        await using var source = await OpenSourceAsync(cancel);
        await using var target = await OpenTargetAsync(time.GetUtcNow(), cancel);
        try
        {
            return await new CopyRun(source, target, Files(), time, progress, output).RunAsync();
        }
        finally
        {
            progress.End();
        }
    }

    public async Task<ICopySource> OpenSourceAsync(CancellationToken cancel) => from.IsSqlite
        ? SqliteCopySource.Open(from.Text)
        : await PostgresCopySource.OpenAsync(Database(from), cancel);

    public async Task<ICopyTarget> OpenTargetAsync(DateTimeOffset now, CancellationToken cancel) => to.IsSqlite
        ? SqliteCopyTarget.Open(to.Text, now.ToUnixTimeMilliseconds())
        : await PostgresCopyTarget.OpenAsync(Database(to), cancel);

    // Nodes keep files as the SQLite store does, so that what lies in the folder of the one serves the other.
    public CopyFiles Files()
    {
        var ours = (from.IsSqlite ? from : to).Text;
        var theirs = files is null ? ours : Path.TrimEndingDirectorySeparator(Path.GetFullPath(files));
        var source = new DiskFileStore(Path.Combine(from.IsSqlite ? ours : theirs, DataFolder.FilesName));
        var place = Path.Combine(from.IsSqlite ? theirs : ours, DataFolder.FilesName);
        return new CopyFiles(source, theirs == ours ? source : new DiskFileStore(place), place);
    }

    private static PostgresStoreOptions Database(CopyAddress address) => new() { ConnectionString = address.Text };
}
