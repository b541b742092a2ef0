using Postroom.Storage;

namespace Postroom.Server.Exporting;

/// <summary>Writes entries in one of the formats.</summary>
internal static class EntryExport
{
    /// <param name="output">Where to.</param>
    /// <param name="format">json, ndjson or csv.</param>
    /// <param name="entries">Gives all entries anew at each call: CSV reads them twice, first for its columns.</param>
    public static void Write(Stream output, string format, Func<IEnumerable<Entry>> entries)
    {
        switch (format)
        {
            case "csv":
                CsvExport.Write(output, entries);
                break;
            case "json":
                JsonExport.WriteArray(output, entries());
                break;
            default:
                JsonExport.WriteLines(output, entries());
                break;
        }
    }
}
