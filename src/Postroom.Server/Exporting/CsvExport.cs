using System.Text.Json;
using CsvHelper;

namespace Postroom.Server.Exporting;

/// <summary>
/// Entries or records as CSV (RFC 4180): a column for each top-level field that any of them has. A cell that a
/// spreadsheet would take for a formula gets an apostrophe before it (ASVS 5.0, 1.2.10).
/// </summary>
internal static class CsvExport
{
    /// <summary>The last four are the wide forms of the first four, which some spreadsheets take for them.</summary>
    private const string FormulaStarts = "=+-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20";

    /// <param name="output">Where to.</param>
    /// <param name="columns">The columns before those of the documents.</param>
    /// <param name="rows">Gives all rows anew at each call.</param>
    public static void Write(Stream output, IReadOnlyList<string> columns, Func<IEnumerable<Exported>> rows)
    {
        var (fields, count) = Columns(rows());
        using var csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true);
        foreach (var column in columns.Concat(fields))
        {
            WriteText(csv, column);
        }

        csv.EndRecord();

        // What arrived since the columns were gathered may have others, and belongs to the next export.
        foreach (var row in rows().Take(count))
        {
            WriteRow(csv, row, fields);
        }
    }

    /// <summary>Public to the tests: the rule for one cell.</summary>
    public static string SafeCell(string text) =>
        text.Length > 0 && FormulaStarts.Contains(text[0]) ? "'" + text : text;

    /// <summary>A spreadsheet of another language may split at a semicolon or a tab, which quotes prevent.</summary>
    private static void WriteText(CsvWriter csv, string text) => csv.WriteField(
        SafeCell(text), text.AsSpan().ContainsAny(';', '\t') ? CsvQuoting.Always : CsvQuoting.WhenNeeded);

    private static void WriteRow(CsvWriter csv, Exported row, List<string> fields)
    {
        foreach (var cell in row.Cells)
        {
            WriteText(csv, cell);
        }

        using var document = JsonDocument.Parse(row.Document);
        foreach (var field in fields)
        {
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(field, out var value))
            {
                WriteValue(csv, value);
            }
            else
            {
                csv.WriteField("");
            }
        }

        csv.EndRecord();
    }

    private static void WriteValue(CsvWriter csv, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                WriteText(csv, value.GetString()!);
                break;
            case JsonValueKind.Null:
                csv.WriteField("");
                break;
            case JsonValueKind.Number:
                // The grammar of a JSON number has no room for a formula, so -1 stays a number (RFC 8259, section 6).
                csv.WriteField(value.GetRawText());
                break;
            default:
                WriteText(csv, value.GetRawText());
                break;
        }
    }

    private static (List<string> Names, int Rows) Columns(IEnumerable<Exported> rows)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var columns = new List<string>();
        var count = 0;
        foreach (var row in rows)
        {
            count++;
            using var document = JsonDocument.Parse(row.Document);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            foreach (var property in document.RootElement.EnumerateObject().Where(property => seen.Add(property.Name)))
            {
                columns.Add(property.Name);
            }
        }

        return (columns, count);
    }
}
