using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Parsing;
using Postroom.Tests.Parsing;

namespace Postroom.Tests.Fuzzing;

/// <summary>Multipart bodies and their part headers beside the framework's reader, in any pieces.</summary>
public sealed partial class MultipartFuzzTests
{
    private const int Rounds = 3000;
    private const string Boundary = "Bou";

    private static readonly byte[][] Good =
    [
        Browser.Multipart([("a", "1"), ("b[c]", "x\r\ny é"), ("empty", ""), ("a", "--Bou\r\n\r\n-")], Boundary),
        "\r\n--Bou\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain\r\n\r\nx\r\n--Bou--"u8.ToArray(),
        "--Bou \r\ncontent-disposition:form-data;name=\"a%22b\"\r\nX-Other: y\r\n\r\n\r\n--Bou--\r\n"u8.ToArray(),
    ];

    private static readonly string[] Tokens =
    [
        "--Bou", "\r\n--Bou", "\r\n--Bou\r\n", "\r\n--Bou--", "--", "\r\n", "\n", "\r", "\r\n\r\n", "\0", "\xFF", "\xC3\xA9", " ", "\t", ";", ":", "=", "\"", "\\",
        "Content-Disposition: form-data; name=\"x\"\r\n", "; filename=\"\"", "; filename*=utf-8''x", "; name=\"y\"", "Content-Type: text/plain\r\n",
        "Content-Transfer-Encoding: base64\r\n", "%22", "%0D%0A", "X: y\r\n",
    ];

    [Fact]
    public async Task Parts_are_those_of_the_framework()
    {
        FuzzRun run = new(Rounds);
        Mutations mutations = new(run.Random, Good, Tokens);
        while (run.Next())
        {
            byte[] body = mutations.Next();
            await run.JudgeAsync(async () => run.Accepted += await CompareAsync(body, run.Random) ? 1 : 0, body);
        }
    }

    private static async Task<bool> CompareAsync(byte[] body, Random random)
    {
        using FormFields whole = new(64);
        using FormFields pieces = new(64);
        Fault? fault = await ReadAsync(PipeReader.Create(new(body)), whole);
        Fault? other = body.Length == 0 ? fault : await ReadAsync(PipeReader.Create(Segments.Cut(body, random)), pieces);
        Assert.Equal(fault?.Message, other?.Message);
        if (fault is not null || body.Length == 0)
        {
            return false;
        }

        Assert.Equal(Pairs(whole), Pairs(pieces));
        // A browser means a backslash literally (HTML Standard, multipart/form-data encoding algorithm).
        if (!HeadersOnly().IsMatch(Encoding.Latin1.GetString(body)) && !body.AsSpan().Contains((byte)'\\'))
        {
            Assert.Equal(await TheirsAsync(body), Pairs(whole));
        }

        return true;
    }

    private static async Task<Fault?> ReadAsync(PipeReader source, FormFields fields)
    {
        using Postroom.Parsing.MultipartReader reader =
            new(source, Encoding.ASCII.GetBytes(Boundary), new LimitsDeclaration(), 1_000_000, fields, files: null);
        return await reader.ReadAsync();
    }

    private static List<(string, string)> Pairs(FormFields fields) =>
        [.. Enumerable.Range(0, fields.Count).Select(index => (
            Encoding.UTF8.GetString(fields.Name(index)), Encoding.UTF8.GetString(fields.Value(index))))];

    private static async Task<List<(string, string)>> TheirsAsync(byte[] body)
    {
        Microsoft.AspNetCore.WebUtilities.MultipartReader reader = new(Boundary, new MemoryStream(body));
        List<(string, string)> pairs = [];
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            ContentDispositionHeaderValue header = ContentDispositionHeaderValue.Parse(
                HeaderFuzzTests.WithoutEmptyParameters(section.ContentDisposition!));
            using MemoryStream content = new();
            await section.Body.CopyToAsync(content);

            // A file input without a file: no field.
            if (header.FileName.HasValue)
            {
                Assert.Equal(0, content.Length);
                continue;
            }

            pairs.Add((NameOf(header), Encoding.UTF8.GetString(content.ToArray())));
        }

        return pairs;
    }

    /// <summary>
    /// RFC 2046 §5.1.1 lets a part have headers only, so that their empty line begins the delimiter; the framework takes
    /// the next part for the content. A text that ends with a line break looks like that, too.
    /// </summary>
    [GeneratedRegex(@"[^\n]\r\n\r\n--Bou", RegexOptions.None, 1000)]
    private static partial Regex HeadersOnly();

    /// <summary>The three escapes of the HTML Standard's multipart/form-data encoding algorithm; the framework has none.</summary>
    private static string NameOf(ContentDispositionHeaderValue header) => header.Name.ToString().Trim('"')
        .Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase).Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase)
        .Replace("%22", "\"", StringComparison.Ordinal);
}
