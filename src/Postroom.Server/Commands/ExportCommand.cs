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
        var command = new Command("export", "Writes the entries of an endpoint to the standard output, oldest first.")
        {
            endpoint, format, data, held,
        };
        command.SetAction(result => Run(
            result.GetValue(endpoint)!, result.GetValue(format)!, result.GetValue(data)!,
            result.GetValue(held) ? EntryState.Held : EntryState.Stored));
        return command;
    }

    private static int Run(string endpoint, string format, string data, EntryState state)
    {
        using var store = ReadOnlyStore.Open(data);
        var isEmpty = true;
        using (var output = Console.OpenStandardOutput())
        {
            EntryExport.Write(output, format, () => EntryPages.Read(store, endpoint, state).Select(entry =>
            {
                isEmpty = false;
                return entry;
            }));
        }

        if (isEmpty)
        {
            Console.Error.WriteLine(Nothing(store, endpoint, state));
        }

        return ExitCodes.Done;
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
