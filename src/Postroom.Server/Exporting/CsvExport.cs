using System.Text.Json;
using CsvHelper;
using Postroom.Storage;

namespace Postroom.Server.Exporting;

/// <summary>
/// Entries as CSV (RFC 4180): a column for each top-level field that any entry has. A cell that a spreadsheet would take for a
/// formula gets an apostrophe before it (ASVS 5.0, 1.2.10).
/// </summary>
internal static class CsvExport
{
    private static readonly string[] OwnColumns = ["id", "received", "state", "reason"];

    public static void Write(Stream output, Func<IEnumerable<Entry>> entries)
    {
        var fields = Columns(entries());
        using var csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true);
        foreach (var column in OwnColumns.Concat(fields))
        {
            csv.WriteField(SafeCell(column));
        }

        csv.EndRecord();
        foreach (var entry in entries())
        {
            WriteEntry(csv, entry, fields);
        }
    }

    /// <summary>Public to the tests: the rule for one cell.</summary>
    public static string SafeCell(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0' ? "'" + text : text;

    private static void WriteEntry(CsvWriter csv, Entry entry, List<string> fields)
    {
        csv.WriteField(entry.Id.ToString());
        csv.WriteField(JsonExport.Received(entry));
        csv.WriteField(entry.State.ToString().ToLowerInvariant());
        csv.WriteField(SafeCell(entry.Reason ?? ""));
        using var document = JsonDocument.Parse(entry.Document);
        foreach (var field in fields)
        {
            var found = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(field, out var value) ? Cell(value) : "";
            csv.WriteField(SafeCell(found));
        }

        csv.EndRecord();
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static List<string> Columns(IEnumerable<Entry> entries)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var columns = new List<string>();
        foreach (var entry in entries)
        {
            using var document = JsonDocument.Parse(entry.Document);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            foreach (var property in document.RootElement.EnumerateObject().Where(property => seen.Add(property.Name)))
            {
                columns.Add(property.Name);
            }
        }

        return columns;
    }
}
