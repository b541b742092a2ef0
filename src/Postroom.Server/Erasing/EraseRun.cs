using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Declarations;
using Postroom.Server.Backups;
using Postroom.Server.Buckets;
using Postroom.Server.Commands;
using Postroom.Sqlite;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Erasing;
using Postroom.Sqlite.Traces;
using Postroom.Storage;

namespace Postroom.Server.Erasing;

/// <summary>
/// Erases a person's entries with all that followed from them, or says what it would erase. A server that runs does it
/// by order, since only it may write; without one the command does the same work itself, and writes the database anew.
/// </summary>
internal sealed class EraseRun(
    PostroomDeclaration declaration, string data, string person, bool isDry, bool isSure, bool asJson,
    TimeProvider time, ProgressLine progress)
{
    /// <summary>Entries that arrive while others are erased are looked for again, not for ever.</summary>
    private const int RoundsMax = 5;

    private readonly string _value = PersonFields.Normal(person);
    private readonly Dictionary<string, PersonFields> _fields = declaration.Endpoints.ToDictionary(
        endpoint => endpoint.Path, PersonFields.Of, StringComparer.Ordinal);

    public async Task<int> RunAsync()
    {
        if (isDry)
        {
            using var view = ReadOnlyStore.Open(data);
            var search = new PersonSearch(view.Read, _fields, _value);
            Output(view.Secret).Write(search.Run(), search.NotSearched, erased: false, rewritten: false);
            return ExitCodes.Done;
        }

        if (!File.Exists(Path.Combine(data, DataFolder.DatabaseName)))
        {
            throw new CommandException($"There is no store in {data}.");
        }

        try
        {
            await using var store = await SqlitePostStore.OpenAsync(
                new SqliteStoreOptions { Folder = data, Erases = true }, time, EntropySource.System,
                NullLogger.Instance);
            return await EraseAsync(store);
        }
        catch (DataFolderInUseException)
        {
            return await OrderAsync();
        }
        catch (SqliteException failure)
        {
            throw new CommandException(
                $"The database could not be cleaned of what was deleted: {failure.EngineMessage} Run the same command "
                + "again when that is put right; until then remains of the entries may be on the disk.");
        }
    }

    /// <summary>Has the server that runs erase them.</summary>
    private async Task<int> OrderAsync()
    {
        using var view = ReadOnlyStore.Open(data);
        var search = new PersonSearch(view.Read, _fields, _value);
        var erased = new List<FoundEntry>();
        var wait = new EraseWait(data, time, progress);
        var isLogEmpty = true;
        for (var round = 1; round <= RoundsMax && search.Run() is { Count: > 0 } found; round++)
        {
            if (round == 1)
            {
                AskUnlessSure(found);
            }

            isLogEmpty = (await wait.RunAsync(OrderOf(found))).IsLogEmpty;
            erased.AddRange(found);
        }

        var output = Output(view.Secret);
        output.Write(erased, search.NotSearched, erased: true, rewritten: false);
        EraseOutput.SayWhatIsLeft(isLogEmpty);
        return ExitCodes.Done;
    }

    private async Task<int> EraseAsync(SqlitePostStore store)
    {
        var search = new PersonSearch(store.Read, _fields, _value);
        var found = search.Run();
        if (found.Count > 0)
        {
            AskUnlessSure(found);
        }

        // Also when nothing was found: an erasure that was cut off is finished by running it again.
        store.CompactOnClose();
        var folder = new OrderFolder(data);
        folder.Make();
        folder.Place(store.Ids.Next(), OrderOf(found));
        await CarryOutAsync(folder, store);
        await store.DisposeAsync();
        Output(store.Secret).Write(found, search.NotSearched, erased: true, rewritten: true);
        return ExitCodes.Done;
    }

    /// <summary>Carries out all orders that wait: a server that was stopped may have left some.</summary>
    private async Task CarryOutAsync(OrderFolder folder, SqlitePostStore store)
    {
        await using var files = BucketFiles.Open(declaration, data);
        var erasure = new Erasure(store, files, entries => TraceErasure.Run(data, entries), time);
        while (folder.Take() is { } taken)
        {
            if (taken.Order is not { } order)
            {
                continue;
            }

            var receipt = await erasure.RunAsync(
                order, far => progress.Report("Erasing", far.Done, far.Total, isBytes: false), CancellationToken.None)
                ?? throw new CommandException("The store did not take the change. Run the command again.");
            folder.Finish(taken.Name, receipt);
            folder.TakeReceipt(taken.Name);
        }

        progress.End();
    }

    private static EraseOrder OrderOf(IReadOnlyList<FoundEntry> found) => new(
        [.. found.Select(entry => entry.Id.ToString())],
        [.. found.SelectMany(entry => entry.Files).Select(file => file.ToString())]);

    private void AskUnlessSure(IReadOnlyList<FoundEntry> found)
    {
        if (!isSure && !EraseOutput.Ask(found))
        {
            throw new CommandException("Nothing was erased.");
        }
    }

    private EraseOutput Output(ReadOnlyMemory<byte> secret) => new(_value, secret, asJson, time);
}
