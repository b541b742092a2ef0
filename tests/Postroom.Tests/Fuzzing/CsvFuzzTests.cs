using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using Postroom.Parsing;
using Postroom.Tests.Parsing;

namespace Postroom.Tests.Fuzzing;

/// <summary>CSV beside CsvHelper, and plain text beside its description.</summary>
public sealed class CsvFuzzTests
{
    private const int Rounds = 3000;

    private static readonly byte[][] Tables =
    [
        "name,n,text\r\nAda,18,x\r\nGrace,19,\"a, \"\"b\"\"\r\nc\"\r\n"u8.ToArray(),
        "\"a\",b\n1, 2 \n,\n\n=1+1,é\n"u8.ToArray(),
        "a\n1\n2"u8.ToArray(),
    ];

    private static readonly string[] Tokens =
    [
        ",", "\"", "\"\"", "\r\n", "\n", "\r", " ", "a", "\xC3\xA9", "\xE2\x80\x83", "\xEF\xBB\xBF", "\"x\"", "\"x,\ny\"", "\0", "\xFF", ",,", "=1",
    ];

    private static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',', HasHeader = false, MalformedData = CsvMalformedDataHandling.Throw,
    };

    private readonly Reading _list = new("""{"type":"array","items":{"type":"object"}}""");
    private readonly Reading _any = new();

    /// <summary>What is taken is the same table, and CsvHelper, told to be strict, takes it too.</summary>
    [Fact]
    public void Rows_are_those_of_CsvHelper()
    {
        FuzzRun run = new(Rounds);
        Mutations mutations = new(run.Random, Tables, Tokens);
        while (run.Next())
        {
            byte[] body = mutations.Next();
            run.Judge(() => run.Accepted += Compare(body) ? 1 : 0, body);
        }
    }

    [Fact]
    public void A_text_is_itself_without_its_ends()
    {
        FuzzRun run = new(Rounds);
        Mutations mutations = new(run.Random, Tables, Tokens);
        while (run.Next())
        {
            byte[] body = mutations.Next();
            run.Judge(() =>
            {
                ParsedBody parsed = _any.As("text/plain", body);
                string? text = Decode(body);
                bool isText = text is not null && text.AsSpan().Trim(" \t\r\n").Length > 0 && !text.Contains('\0');
                Assert.Equal(isText, !parsed.IsRefused);
                if (isText)
                {
                    run.Accepted++;
                    string content = text!.StartsWith('\uFEFF') ? text[1..] : text;
                    JsonNode? expected = FormModel.Clean(new JsonObject { ["text"] = content }, out _);
                    Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(parsed.Document.Span)));
                }
            }, body);
        }
    }

    private bool Compare(byte[] body)
    {
        ParsedBody parsed = _list.As("text/csv", body);
        if (parsed.IsRefused)
        {
            return false;
        }

        List<string[]> rows = Rows(body);
        JsonArray expected = [];
        foreach (string[] row in rows.Skip(1))
        {
            Assert.Equal(rows[0].Length, row.Length);
            JsonObject members = [];
            for (int column = 0; column < row.Length; column++)
            {
                members.Add(rows[0][column], row[column]);
            }

            if (!FormModel.Covers(members))
            {
                return true;
            }

            expected.Add(FormModel.Clean(members, out _));
        }

        JsonNode? actual = JsonNode.Parse(parsed.Document.Span);
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{expected.ToJsonString()} {actual?.ToJsonString()}");
        return true;
    }

    /// <summary>The rows that are not empty lines.</summary>
    private static List<string[]> Rows(byte[] body)
    {
        using CsvReader csv = CsvReader.Create(body, Strict);
        List<string[]> rows = [];
        while (csv.Read())
        {
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(field => csv.GetString(field))]);
        }

        return rows;
    }

    private static string? Decode(byte[] body)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
