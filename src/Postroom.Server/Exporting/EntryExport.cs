namespace Postroom.Server.Exporting;

/// <summary>Writes entries or records in one of the formats.</summary>
internal static class EntryExport
{
    /// <param name="output">Where to.</param>
    /// <param name="format">json, ndjson or csv.</param>
    /// <param name="columns">The own columns of CSV.</param>
    /// <param name="rows">Gives all rows anew at each call: CSV reads them twice, first for its columns.</param>
    public static void Write(
        Stream output, string format, IReadOnlyList<string> columns, Func<IEnumerable<Exported>> rows)
    {
        switch (format)
        {
            case "csv":
                CsvExport.Write(output, columns, rows);
                break;
            case "json":
                JsonExport.WriteArray(output, rows());
                break;
            default:
                JsonExport.WriteLines(output, rows());
                break;
        }
    }
}
