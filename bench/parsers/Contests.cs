namespace Postroom.Bench.Parsers;

/// <summary>Who is measured beside whom.</summary>
internal static class Contests
{
    public static IReadOnlyList<Contest> All { get; } =
    [
        new("urlencoded contact", "FormPipeReader", Bodies.ContactUrlencoded, Ours.Urlencoded, Theirs.UrlencodedAsync),
        new("urlencoded order", "FormPipeReader", Bodies.OrderUrlencoded, Ours.Urlencoded, Theirs.UrlencodedAsync),
        new("JSON contact", "JsonDocument", Bodies.ContactJson, Ours.Json, Theirs.Json),
        new("JSON order", "JsonDocument", Bodies.OrderJson, Ours.Json, Theirs.Json),
        Multipart("multipart contact", Bodies.ContactMultipart),
        Multipart("multipart, 4 MiB file", Bodies.FileMultipart),
        new("multipart, 4 MiB file", "SHA-256 alone", Bodies.FileMultipart, Ours.MultipartAsync, Theirs.Sha256),
        new("XML order", "XDocument", Bodies.OrderXml, Ours.Xml, Theirs.Xml),
        new("XML order", "XDocument to JSON", Bodies.OrderXml, Ours.Xml, Theirs.XmlAsJson),
        new("CSV table", "CsvHelper", Bodies.TableCsv, Ours.Csv, Theirs.Csv),
        new("CSV table", "CsvHelper to JSON", Bodies.TableCsv, Ours.Csv, Theirs.CsvAsJson),
        new("NDJSON table", "JsonDocument a line", Bodies.TableNdjson, Ours.Ndjson, Theirs.Ndjson),
        new("gzip of the table", "GZipStream", Bodies.TableGzip, Ours.GzipAsync, Theirs.GzipAsync),
        new("br of the table", "BrotliStream", Bodies.TableBrotli, Ours.BrotliAsync, Theirs.BrotliAsync),
    ];

    private static Contest Multipart(string name, byte[] body) =>
        new(name, "MultipartReader", body, Ours.MultipartAsync, Theirs.MultipartAsync);
}
