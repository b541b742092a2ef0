using System.CommandLine;
using Postroom.Storage;

namespace Postroom.Server.Commands;

internal static class ExportCommand
{
    public static Command Make()
    {
        var endpoint = new Argument<string>("ENDPOINT") { Description = "The path of the endpoint, such as /api/contact." };
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
        using var output = Console.OpenStandardOutput();
        Exporting.EntryExport.Write(output, format, () => Exporting.EntryPages.Read(store, endpoint, state));
        return ExitCodes.Done;
    }
}
