using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;

namespace Postroom.Bench.Parsers;

/// <summary>The bodies: a contact message, an order of many lines, a table of a thousand rows, and a file.</summary>
internal static class Bodies
{
    public const string Boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

    private const int OrderLines = 100;
    private const int TableRows = 1000;

    private static readonly (string Name, string Value)[] Message =
    [
        ("name", "Ada Lovelace"),
        ("email", "ada@example.com"),
        ("company", "Analytical Engines & Söhne"),
        ("phone", "+44 20 7946 0958"),
        ("message", "I read your page about the difference engine and would like to know whether the carriage can be "
            + "had with a wider drum, and what it would cost to have it sent to London. Best regards, Ada"),
    ];

    public static byte[] ContactUrlencoded { get; } = Urlencoded(Message);

    public static byte[] OrderUrlencoded { get; } = Urlencoded(OrderFields());

    public static byte[] ContactJson { get; } = Utf8(
        "{" + string.Join(",", Message.Select(field => $"\"{field.Name}\":\"{field.Value}\"")) + "}");

    public static byte[] OrderJson { get; } = Utf8($"{{\"lines\":[{string.Join(",", Lines(OrderLines))}]}}");

    public static byte[] ContactMultipart { get; } = Multipart(Message, null);

    public static byte[] FileMultipart { get; } = Multipart(Message, RandomBytes(4 * 1024 * 1024));

    public static byte[] OrderXml { get; } = Utf8(
        "<?xml version=\"1.0\"?><order>" + string.Concat(Enumerable.Range(1, OrderLines).Select(line =>
            $"<lines sku=\"SKU-{line:D4}\"><title>Brass gear &amp; wheel, {line * 7} teeth</title>"
            + $"<quantity>{line}</quantity><price>{line * 3}.25</price></lines>")) + "</order>");

    public static byte[] TableCsv { get; } = Utf8("sku,title,quantity,price\r\n" + string.Concat(
        Enumerable.Range(1, TableRows).Select(row =>
            $"SKU-{row:D4},\"Brass gear, {row * 7} teeth\",{row},{row * 3}.25\r\n")));

    public static byte[] TableNdjson { get; } = Utf8(string.Concat(Lines(TableRows).Select(line => line + "\n")));

    public static byte[] TableGzip { get; } = Packed(stream => new GZipStream(stream, CompressionLevel.Optimal));

    public static byte[] TableBrotli { get; } = Packed(stream => new BrotliStream(stream, CompressionLevel.Fastest));

    private static byte[] Packed(Func<Stream, Stream> pack)
    {
        using var body = new MemoryStream();
        using (var stream = pack(body))
        {
            stream.Write(TableNdjson);
        }

        return body.ToArray();
    }

    private static IEnumerable<string> Lines(int count) => Enumerable.Range(1, count).Select(line =>
        $"{{\"sku\":\"SKU-{line:D4}\",\"title\":\"Brass gear, {line * 7} teeth\",\"quantity\":{line},"
        + $"\"price\":{line * 3}.25}}");

    private static IEnumerable<(string Name, string Value)> OrderFields() =>
        Enumerable.Range(0, OrderLines).SelectMany(line => new[]
        {
            ($"lines[{line}][sku]", $"SKU-{line:D4}"),
            ($"lines[{line}][title]", $"Brass gear, {line * 7} teeth"),
            ($"lines[{line}][quantity]", line.ToString(CultureInfo.InvariantCulture)),
            ($"lines[{line}][price]", $"{line * 3}.25"),
        });

    private static byte[] Urlencoded(IEnumerable<(string Name, string Value)> fields) => Utf8(string.Join(
        "&", fields.Select(field => $"{WebUtility.UrlEncode(field.Name)}={WebUtility.UrlEncode(field.Value)}")));

    private static byte[] Multipart(IEnumerable<(string Name, string Value)> fields, byte[]? file)
    {
        using var body = new MemoryStream();
        foreach (var (name, value) in fields)
        {
            body.Write(Utf8($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
        }

        if (file is not null)
        {
            body.Write(Utf8($"--{Boundary}\r\nContent-Disposition: form-data; name=\"cv\"; filename=\"cv.dat\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n"));
            body.Write(file);
            body.Write("\r\n"u8);
        }

        body.Write(Utf8($"--{Boundary}--\r\n"));
        return body.ToArray();
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
