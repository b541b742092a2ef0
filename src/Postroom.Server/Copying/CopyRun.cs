using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postroom.Server.Backups;
using Postroom.Server.Commands;
using Postroom.Storage;
using Postroom.Storage.Copying;

namespace Postroom.Server.Copying;

/// <summary>
/// Copies a store into another: the rows table by table, the files, what follows from both; and compares the two. Ended
/// at any moment, the same command goes on behind the last slice.
/// </summary>
internal sealed class CopyRun(
    ICopySource source, ICopyTarget target, CopyFiles files, TimeProvider time, ProgressLine progress,
    TextWriter output)
{
    private const string FilesStep = "files";
    private const string CheckStep = "check";
    private const int FilesInSlice = 100;
    private const int DigestShown = 16;

    private static readonly string[] s_steps = [.. CopyTables.Moved.Select(table => table.Name), FilesStep, CheckStep];

    private readonly Dictionary<CopyTable, CopySum> _sums = [];
    private readonly CopyScope _scope = new(time.GetUtcNow().ToUnixTimeMilliseconds(), FilesMove: !files.Stay);

    /// <summary>How many rows are moved at once.</summary>
    public int RowsAtOnce { get; init; } = CopySlice.RowsAtOnce;

    /// <exception cref="CopyRefusedException">It cannot be done, or could not be done to its end.</exception>
    public async Task<int> RunAsync()
    {
        if (target.Progress is { FinishedAt: { } at } done && IsOurs(done))
        {
            var when = DateTimeOffset.FromUnixTimeMilliseconds(at);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{target.Place} is a finished copy of {source.Place}, of {when:yyyy-MM-dd HH:mm:ss} UTC. "
                + $"Nothing to do."));
            return ExitCodes.Done;
        }

        BeginOrGoOn();
        foreach (var table in CopyTables.Moved.Where(table => IsLeft(table.Name)))
        {
            await MoveAsync(table);
        }

        if (IsLeft(FilesStep))
        {
            await MoveFilesAsync();
        }

        target.Write(At(CheckStep));
        progress.Report("Making what follows from the rows", 0, 1, isBytes: false);
        target.Derive(_scope);
        Compare();
        return Finish();
    }

    private void BeginOrGoOn()
    {
        if (target.Progress is { } begun)
        {
            if (!IsOurs(begun))
            {
                throw new CopyRefusedException(
                    $"{target.Place} is a copy of another store, {begun.Source}. Nothing was changed. "
                    + "Copy into an empty one.");
            }

            return;
        }

        // A server that was tried on it leaves its settings, and tables of records: empty, they give way.
        if (CopyTables.Moved.Except([CopyTables.Settings, CopyTables.Resources]).FirstOrDefault(target.HasRows)
            is { } table)
        {
            throw new CopyRefusedException(
                $"{target.Place} is not empty: there are {table.Name}. Nothing was changed. Copy into an empty one.");
        }

        target.Begin(new CopyProgress(source.Place, StoreName(), _scope.Now));
    }

    private bool IsOurs(CopyProgress begun) => begun.Source == source.Place && begun.Store == StoreName();

    // Known again by its secret, of which this tells nothing.
    private string StoreName() => Convert.ToHexStringLower(
        SHA256.HashData([.. Encoding.ASCII.GetBytes("postroom copy"), .. source.Secret.Span]))[..32];

    private bool IsLeft(string step) => Array.IndexOf(s_steps, step) >= Array.IndexOf(s_steps, target.Progress!.Step);

    /// <summary>The progress at the start of a step, or where it stopped in it.</summary>
    private CopyProgress At(string step) => target.Progress!.Step == step
        ? target.Progress
        : target.Progress with { Step = step, After = null, Done = 0 };

    private async Task MoveAsync(CopyTable table)
    {
        var at = At(table.Name);
        var total = source.Count(table, _scope);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var rows = source.Read(table, at.After, _scope);
        var isWhole = at.After is null;
        var (read, written) = (new CopySlice(RowsAtOnce), new CopySlice(RowsAtOnce));
        var writing = Task.CompletedTask;
        try
        {
            // One slice is read while the one before is written.
            while (rows.Read(read))
            {
                hash.AppendData(read.Bytes);
                await writing;
                at = at with { After = read.LastKey(table.Keys), Done = at.Done + read.Rows };
                var (slice, now) = (read, at);
                writing = Task.Run(() => target.Write(table, slice, now));
                (read, written) = (written, read);
                read.Clear();
                progress.Report($"Copying {table.Name}", at.Done, total, isBytes: false);
            }
        }
        finally
        {
            await writing;
        }

        if (isWhole)
        {
            _sums[table] = new CopySum(at.Done, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
    }

    private async Task MoveFilesAsync()
    {
        var at = At(FilesStep);
        var total = source.Count(CopyTables.Files, _scope);
        using var rows = source.Read(CopyTables.Files, at.After, _scope);
        var slice = new CopySlice(Math.Min(RowsAtOnce, FilesInSlice));
        while (rows.Read(slice))
        {
            foreach (var (id, size, digest) in FilesOf(slice))
            {
                await files.MoveAsync(id, size, digest);
            }

            at = at with { After = slice.LastKey(CopyTables.Files.Keys), Done = at.Done + slice.Rows };
            target.Write(at);
            slice.Clear();
            progress.Report(files.Stay ? "Looking for files" : "Copying files", at.Done, total, isBytes: false);
        }
    }

    private static List<(EntryId Id, long Size, string Digest)> FilesOf(CopySlice slice)
    {
        var found = new List<(EntryId, long, string)>(slice.Rows);
        var fields = slice.Fields();
        while (fields.Rest > 0)
        {
            var (id, size, digest) = (default(EntryId), 0L, "");
            foreach (var column in CopyTables.Files.Columns)
            {
                fields.Next();
                switch (column.Name)
                {
                    case "id":
                        id = EntryId.Read(fields.Bytes);
                        break;
                    case "size":
                        size = fields.Number;
                        break;
                    case "digest":
                        digest = Encoding.ASCII.GetString(fields.Bytes);
                        break;
                }
            }

            found.Add((id, size, digest));
        }

        return found;
    }

    /// <summary>Reads both sides, and says what they come to.</summary>
    /// <exception cref="CopyRefusedException">They are not the same.</exception>
    private void Compare()
    {
        var different = new List<string>();
        foreach (var table in CopyTables.Compared)
        {
            var left = _sums.GetValueOrDefault(table) ?? Sum(source, table);
            var right = Sum(target, table);
            progress.End();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Name,-14} {left.Rows,10} rows  {left.Digest[..DigestShown]}  {Verdict(left, right)}"));
            if (left != right)
            {
                different.Add(table.Name);
            }
        }

        if (different.Count > 0)
        {
            throw new CopyRefusedException(
                $"The copy differs from {source.Place} in: {string.Join(", ", different)}. {target.Place} is not "
                + "served. Where the source was used since the copy began, remove the target and copy again "
                + "into an empty one.");
        }
    }

    private static string Verdict(CopySum left, CopySum right) => left == right
        ? "the same on both sides"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"DIFFERENT: {right.Rows} rows  {right.Digest[..DigestShown]} in the copy");

    private CopySum Sum(ICopyStore store, CopyTable table)
    {
        var total = store.Count(table, _scope);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var rows = store.Read(table, [], _scope);
        var slice = new CopySlice();
        var count = 0L;
        while (rows.Read(slice))
        {
            hash.AppendData(slice.Bytes);
            count += slice.Rows;
            slice.Clear();
            progress.Report($"Comparing {table.Name}", count, total, isBytes: false);
        }

        return new CopySum(count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private int Finish()
    {
        target.Write(target.Progress! with { FinishedAt = time.GetUtcNow().ToUnixTimeMilliseconds() });
        var open = source.Count(CopyTables.Uploads, _scope with { FilesMove = false })
            - source.Count(CopyTables.Uploads, _scope);
        if (open > 0)
        {
            output.WriteLine($"Left behind: {open} uploads that are open. Their senders begin them again.");
        }

        if (source.Others() is { Count: > 0 } others)
        {
            output.WriteLine($"Not copied, since they are your program's own tables: {string.Join(", ", others)}.");
        }

        output.WriteLine(
            $"Copied and compared. {target.Place} can be served; its files are in {files.Place}. Start no server on "
            + $"{source.Place} any more: what the two took from now on would never come together.");
        return ExitCodes.Done;
    }
}
