using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Declarations;
using Postroom.Files;
using Postroom.Server.Commands;
using Postroom.Sqlite;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Traces;
using Postroom.Storage;

namespace Postroom.Server.Erasing;

/// <summary>Erases a person's entries with all that followed from them, or says what it would erase.</summary>
internal sealed class EraseRun(
    PostroomDeclaration declaration, string data, string person, bool isDry, bool isSure, bool asJson,
    TimeProvider time)
{
    private const int WritesOfUnit = 500;

    private readonly string _value = PersonFields.Normal(person);
    private readonly Dictionary<string, PersonFields> _fields = declaration.Endpoints.ToDictionary(
        endpoint => endpoint.Path, PersonFields.Of, StringComparer.Ordinal);

    public async Task<int> RunAsync()
    {
        if (isDry)
        {
            using var view = ReadOnlyStore.Open(data);
            var search = new PersonSearch(view.Read, _fields, _value);
            Write(search, search.Run().Select(found => found.Shown), view.Secret, erased: false);
            return ExitCodes.Done;
        }

        try
        {
            return await EraseAsync();
        }
        catch (SqliteException failure)
        {
            throw new CommandException(
                $"The database could not be cleaned of what was deleted: {failure.EngineMessage} Run the same command "
                + "again when that is put right; until then remains of the entries may be on the disk.");
        }
    }

    private async Task<int> EraseAsync()
    {
        await using var store = await OpenAsync();
        var search = new PersonSearch(store.Read, _fields, _value);
        var found = search.Run();
        if (found.Count > 0 && !isSure && !Ask(found.Select(entry => entry.Shown)))
        {
            throw new CommandException("Nothing was erased.");
        }

        // Also when nothing was found: an erasure that was cut off is finished by running it again.
        store.CompactOnClose();
        foreach (var part in found.Select(entry => (Write)new DeleteEntry(entry.Id, KeepKey: true)).Chunk(WritesOfUnit))
        {
            var outcome = await store.CommitAsync(new PostUnit { Guards = [], Writes = part });
            if (outcome.Verdict != UnitVerdict.Committed)
            {
                throw new CommandException($"The store did not take the change: {outcome.Verdict}. Run it again.");
            }
        }

        await using (var files = new DiskFileStore(Path.Combine(data, DataFolder.FilesName)))
        {
            foreach (var file in found.SelectMany(entry => entry.Files))
            {
                await files.DeleteAsync(file);
            }
        }

        TraceErasure.Run(data, [.. found.Select(entry => entry.Id)]);
        await store.DisposeAsync();
        Write(search, found.Select(entry => entry.Shown), store.Secret, erased: true);
        return ExitCodes.Done;
    }

    private async Task<SqlitePostStore> OpenAsync()
    {
        if (!File.Exists(Path.Combine(data, DataFolder.DatabaseName)))
        {
            throw new CommandException($"There is no store in {data}.");
        }

        try
        {
            return await SqlitePostStore.OpenAsync(
                new SqliteStoreOptions { Folder = data, Erases = true }, time, EntropySource.System,
                NullLogger.Instance);
        }
        catch (DataFolderInUseException)
        {
            throw new CommandException(
                $"A server is using {data}, and only it may write there. Stop it, run this command, and start it "
                + "again. With --dry-run the command also works beside it.");
        }
    }

    private static bool Ask(IEnumerable<ErasedEntry> entries)
    {
        foreach (var entry in entries)
        {
            Console.Error.WriteLine(Line(entry));
        }

        Console.Error.Write("Erase all of these for ever? Type yes: ");
        return Console.In.ReadLine()?.Trim() == "yes";
    }

    private static string Line(ErasedEntry entry) => string.Create(
        CultureInfo.InvariantCulture, $"{entry.Id} {entry.Endpoint} {entry.State}, {entry.Files} files");

    private void Write(
        PersonSearch search, IEnumerable<ErasedEntry> entries, ReadOnlyMemory<byte> secret, bool erased)
    {
        var digest = HMACSHA256.HashData(secret.Span, Encoding.UTF8.GetBytes(_value));
        var report = new EraseReport(
            Convert.ToHexStringLower(digest), time.GetUtcNow(), erased, [.. entries], search.NotSearched);
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, EraseJson.Default.EraseReport));
        }
        else
        {
            WriteText(Console.Out, report);
        }

        if (erased)
        {
            Console.Error.WriteLine("Backups made before still hold them: delete those when their time is over.");
        }
    }

    private static void WriteText(TextWriter output, EraseReport report)
    {
        foreach (var entry in report.Entries)
        {
            output.WriteLine(Line(entry));
        }

        foreach (var endpoint in report.Entries.CountBy(entry => entry.Endpoint))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{endpoint.Key}: {endpoint.Value} entries"));
        }

        foreach (var (endpoint, entries) in report.NotSearched)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Not searched: {entries} entries of {endpoint}. Declare its `person` fields to have them found."));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(report.Erased ? "Erased" : "Would be erased")}: {report.Entries.Count} entries "
            + $"of person {report.Person}"));
    }
}
