using System.Text;
using Postroom.Declarations;
using Postroom.Parsing;
using Postroom.Tests.Parsing;

namespace Postroom.Tests.Fuzzing;

/// <summary>Urlencoded bodies beside the URL Standard's algorithm, written down as it stands there.</summary>
public sealed class UrlencodedFuzzTests
{
    private const int Rounds = 3000;

    private static readonly string[] Pieces =
    [
        "a", "b", "é", "\u00ff", "\u00c3", "\u00a9", "%", "%4", "%41", "%c3%a9", "%C3", "%A9", "%ff", "%00", "%0D%0A", "%zz",
        "%25", "+", "&", "&&", "=", "==", "[", "]", "%5B", "%5D", " ", "\r", "\0", "%F0%9F%98%80", "\u00ef\u00bb\u00bf", "%EF%BB%BF",
    ];

    private static readonly string[] Names =
        ["a", "b", "a[b]", "a[c]", "a[b][c]", "a[0]", "a[1]", "a[0][b]", "a[0][c]", "a[]", "a[b][]", "a[", "a]", "a[b]c", "b[0]"];

    private readonly Reading _reading = new("""
        {"properties":{"b":{"type":"array","items":{"type":"integer"}},"a":{"properties":{"0":{"type":"integer"}}}}}
        """);

    [Fact]
    public void Pairs_are_those_of_the_standard()
    {
        FuzzRun run = new(Rounds);
        while (run.Next())
        {
            string text = string.Concat(run.Random.GetItems(Pieces, run.Random.Next(1, 40)));
            byte[] body = Encoding.Latin1.GetBytes(text.Replace("é", "Ã©", StringComparison.Ordinal));
            run.Judge(() => Compare(body), body);
            run.Accepted++;
        }
    }

    /// <summary>What is remembered of a name is forgotten by another group: it must make no difference.</summary>
    [Fact]
    public void Groups_are_the_same_however_their_members_come()
    {
        FuzzRun run = new(Rounds);
        while (run.Next())
        {
            string[] pairs = [.. run.Random.GetItems(Names, run.Random.Next(1, 8)).Select((name, index) => $"{name}={index}")];
            string together = string.Join('&', pairs);
            string apart = string.Join("&other[x]=&", pairs);
            run.Judge(() =>
            {
                ParsedBody one = _reading.Urlencoded(together);
                ParsedBody other = _reading.Urlencoded(apart);
                Assert.Equal(one.Fault?.Message, other.Fault?.Message);
                run.Accepted += one.IsRefused ? 0 : 1;
                if (!one.IsRefused)
                {
                    Assert.Equal(Reading.Text(one), Reading.Text(other));
                }
            }, Encoding.UTF8.GetBytes(together));
        }
    }

    private static void Compare(byte[] body)
    {
        using FormFields fields = new(body.Length);
        Assert.Null(UrlencodedParser.Parse(body, new LimitsDeclaration(), fields));
        (byte[] Name, byte[] Value)[] expected = [.. Textbook(body)];
        Assert.Equal(expected.Length, fields.Count);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(Encoding.UTF8.GetString(expected[index].Name), Encoding.UTF8.GetString(fields.Name(index)));
            Assert.Equal(Encoding.UTF8.GetString(expected[index].Value), Encoding.UTF8.GetString(fields.Value(index)));
        }

        byte[][] texts = [.. expected.SelectMany(pair => new[] { pair.Name, pair.Value })];
        Assert.Equal(texts.Any(text => !IsUtf8(text)), fields.HadInvalidUtf8);
        Assert.True(fields.MayHaveControls || !texts.Any(text => text.Any(code => code < ' ')));
    }

    /// <summary>https://url.spec.whatwg.org/#urlencoded-parsing, before the decoding of UTF-8.</summary>
    private static IEnumerable<(byte[] Name, byte[] Value)> Textbook(byte[] body)
    {
        foreach (string piece in Encoding.Latin1.GetString(body).Split('&').Where(piece => piece.Length > 0))
        {
            string[] halves = piece.Split('=', 2);
            yield return (Decode(halves[0]), Decode(halves.Length == 2 ? halves[1] : ""));
        }
    }

    private static byte[] Decode(string text)
    {
        List<byte> bytes = [];
        for (int index = 0; index < text.Length; index++)
        {
            bool isEscape = text[index] == '%' && index + 2 < text.Length
                && char.IsAsciiHexDigit(text[index + 1]) && char.IsAsciiHexDigit(text[index + 2]);
            bytes.Add(isEscape ? Convert.ToByte(text.Substring(index + 1, 2), 16)
                : text[index] == '+' ? (byte)' ' : (byte)text[index]);
            index += isEscape ? 2 : 0;
        }

        return [.. bytes];
    }

    private static bool IsUtf8(byte[] text)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
