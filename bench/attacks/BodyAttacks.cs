using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Postroom.Bench.Attacks;

/// <summary>Attacks by what is in the body, 64 times each over 8 connections at once.</summary>
internal static class BodyAttacks
{
    private const int Times = 64;
    private const int AtOnce = 8;
    private const int Gigabyte = 1_000_000_000;
    private const string Urlencoded = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data; boundary=x";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static IEnumerable<Attack> All =>
    [
        new("endless chunked body", "chunks of 64 KB without end", (server, tally) =>
            ManyAsync(() => StreamAsync(server, tally, "/api/contact", "Transfer-Encoding: chunked", Chunk, long.MaxValue))),
        new("a field of 1 GB", "announced by chunks, sent until refused", (server, tally) =>
            ManyAsync(() => StreamAsync(server, tally, "/api/wide", "Transfer-Encoding: chunked", Chunk, Gigabyte))),
        new("gzip bomb", "1 GB of zeros in 1 MB", (server, tally) => ManyAsync(
            () => PostAsync(server, tally, "/api/contact", Urlencoded, Bomb.Value, "Content-Encoding: gzip\r\n"))),
        new("tiny parts", "multipart of 13,000 parts, where 100,000 may come", (server, tally) => ManyAsync(
            () => PostAsync(server, tally, "/api/wide", Multipart, Parts(13_000, isFile: false)))),
        new("tiny parts, default limits", "multipart of 13,000 parts", (server, tally) => ManyAsync(
            () => PostAsync(server, tally, "/api/contact", Multipart, Parts(13_000, isFile: false)))),
        new("many files", "multipart of 1,000 files, where 1,000 may come", (server, tally) => ManyAsync(
            () => PostAsync(server, tally, "/api/wide", Multipart, Parts(1_000, isFile: true)))),
        new("deep JSON", "500,000 open brackets", (server, tally) => ManyAsync(
            () => PostAsync(server, tally, "/api/wide", "application/json", Ascii(new string('[', 500_000))))),
        new("100,000 JSON keys", "all different, where 100,000 may come", (server, tally) => ManyAsync(
            () => PostAsync(server, tally, "/api/wide", "application/json", Keys(number => number.ToString("x", CultureInfo.InvariantCulture))))),
        new("JSON keys that collide", "22,000 names, equal under the plain string hashes of the world", (server, tally) => ManyAsync(
            () => PostAsync(server, tally, "/api/wide", "application/json", Keys(Colliding, 22_000)))),
        new("100,000 form fields", "all different, where 100,000 may come", (server, tally) => ManyAsync(
            () => PostAsync(server, tally, "/api/wide", Urlencoded,
                Ascii(string.Join('&', Enumerable.Range(0, 100_000).Select(number => $"k{number}=")))))),
        new("XML entities", "a billion laughs", (server, tally) => ManyAsync(
            () => PostAsync(server, tally, "/api/contact", "application/xml", Ascii(Laughs)))),
        new("deep XML", "100,000 open elements", (server, tally) => ManyAsync(
            () => PostAsync(server, tally, "/api/wide", "application/xml", Ascii(string.Concat(Enumerable.Repeat("<a>", 100_000)))))),
        new("huge headers", "a header of 1 MB", (server, tally) => ManyAsync(
            () => PostAsync(server, tally, "/api/contact", Urlencoded, Ascii("a=1"), $"X-A: {new string('a', 1_000_000)}\r\n"))),
    ];

    private const string Laughs =
        "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><a>&c;</a>";

    private static readonly byte[] Chunk = Ascii($"{64 * 1024:x}\r\n{new string('a', 64 * 1024)}\r\n");

    private static readonly Lazy<byte[]> Bomb = new(() =>
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
        {
            var zeros = new byte[1_000_000];
            for (var count = 0; count < 1000; count++)
            {
                gzip.Write(zeros);
            }
        }

        return output.ToArray();
    });

    private static async Task ManyAsync(Func<Task> attack)
    {
        await Parallel.ForAsync(0, Times, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) => await attack());
    }

    private static async Task PostAsync(
        AttackedServer server, Tally tally, string path, string type, byte[] body, string headers = "")
    {
        using var connection = await RawConnection.OpenAsync(server.Port);
        await connection.TrySendAsync(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\n{headers}Content-Length: {body.Length}\r\n\r\n");
        await connection.TrySendAsync(body);
        tally.Add(await connection.StatusAsync(Patience));
    }

    private static async Task StreamAsync(
        AttackedServer server, Tally tally, string path, string header, byte[] piece, long bytes)
    {
        using var connection = await RawConnection.OpenAsync(server.Port);
        await connection.TrySendAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {Urlencoded}\r\n{header}\r\n\r\n");
        var status = connection.StatusAsync(Patience);
        for (long sent = 0; sent < bytes && !status.IsCompleted && await connection.TrySendAsync(piece);)
        {
            sent += piece.Length;
        }

        tally.Add(await status);
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Parts(int count, bool isFile)
    {
        var file = isFile ? "; filename=\"a.txt\"" : "";
        return Ascii(string.Concat(Enumerable.Range(0, count).Select(number =>
            $"--x\r\nContent-Disposition: form-data; name=\"k{number}\"{file}\r\n\r\na\r\n")) + "--x--\r\n");
    }

    private static byte[] Keys(Func<int, string> name, int count = 100_000) =>
        Ascii("{" + string.Join(',', Enumerable.Range(0, count).Select(number => $"\"{name(number)}\":1")) + "}");

    /// <summary>Aa and BB have the same sum in hashes that multiply by 31; so has every string of them.</summary>
    private static string Colliding(int number) =>
        string.Concat(Enumerable.Range(0, 17).Select(bit => (number >> bit & 1) == 0 ? "Aa" : "BB"))[..34];
}
