using System.CommandLine;
using Postroom.Server.Exporting;
using Postroom.Sqlite;
using Postroom.Storage;

namespace Postroom.Server.Commands;

internal static class ExportCommand
{
    public static Command Make()
    {
        var endpoint = new Argument<string>("ENDPOINT")
        {
            Description = "The path of the endpoint, such as /api/contact.",
        };
        var format = new Option<string>("--format")
        {
            Description = "json (one array), ndjson (one object a line) or csv (safe against formulas).",
            DefaultValueFactory = _ => "ndjson",
        };
        format.AcceptOnlyFromAmong("json", "ndjson", "csv");
        var data = new Option<string>("--data")
        {
            Description = "The data folder.",
            DefaultValueFactory = _ => "./data",
        };
        var held = new Option<bool>("--held") { Description = "Export the held entries instead of the stored ones." };
        var entries = new Option<bool>("--entries")
        {
            Description = "Of a resource: export what was done to its records instead of the records.",
        };
        var command = new Command("export",
            "Writes the entries of a form, or the records of a resource, to the standard output, oldest first.")
        {
            endpoint, format, data, held, entries,
        };
        command.SetAction(result => Run(
            result.GetValue(endpoint)!, result.GetValue(format)!, result.GetValue(data)!,
            result.GetValue(held) ? EntryState.Held : EntryState.Stored, result.GetValue(entries)));
        return command;
    }

    private static int Run(string endpoint, string format, string data, EntryState state, bool wantsEntries)
    {
        using var store = ReadOnlyStore.Open(data);
        var table = wantsEntries || state == EntryState.Held
            ? null
            : store.Tables.FirstOrDefault(table => table.Endpoint == endpoint);
        if (table is null)
        {
            var isEmpty = Write(format, ExportedEntry.Columns, () => EntryPages.Read(store, endpoint, state)
                .Select(entry => new ExportedEntry(entry)));
            if (isEmpty)
            {
                Console.Error.WriteLine(Nothing(store, endpoint, state));
            }
        }
        else if (Write(format, ExportedRecord.Columns, () => RecordPages.Read(store, table)
            .Select(record => new ExportedRecord(endpoint, record))))
        {
            Console.Error.WriteLine($"There are no records of {endpoint}.");
        }

        return ExitCodes.Done;
    }

    /// <summary>True when there was nothing to write.</summary>
    private static bool Write(string format, IReadOnlyList<string> columns, Func<IEnumerable<Exported>> rows)
    {
        var isEmpty = true;
        using var output = Console.OpenStandardOutput();
        EntryExport.Write(output, format, columns, () => rows().Select(row =>
        {
            isEmpty = false;
            return row;
        }));
        return isEmpty;
    }

    /// <summary>An endpoint that has got nothing yet is no fault, but a wrong name should not go unseen.</summary>
    private static string Nothing(SqliteStoreView store, string endpoint, EntryState state)
    {
        using var reader = store.Read();
        var found = reader.CountEntries().Where(count => count.Count > 0)
            .Select(count => count.Endpoint).Distinct().Order(StringComparer.Ordinal).ToList();
        var nothing = $"There are no {state.ToString().ToLowerInvariant()} entries of {endpoint}.";
        return found.Count == 0 ? nothing : $"{nothing} There are entries of: {string.Join(", ", found)}.";
    }
}
