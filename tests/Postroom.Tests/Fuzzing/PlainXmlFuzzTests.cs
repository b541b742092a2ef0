using System.Text;
using Postroom.Declarations;
using Postroom.Parsing;
using Postroom.Parsing.Formats;
using Postroom.Tests.Parsing;

namespace Postroom.Tests.Fuzzing;

/// <summary>The quick reader of XML beside XmlReader: what it takes makes the same document, and is within limits.</summary>
public sealed class PlainXmlFuzzTests
{
    private const int Rounds = 3000;

    private static readonly byte[][] Documents =
    [
        """<?xml version="1.0" encoding="UTF-8"?><c id='1' no="2"><n>18</n><tags>1</tags><tags>2</tags></c>"""u8.ToArray(),
        "<x:c xmlns:x='urn:x' xmlns='urn:y' x:a='1'><x:n b=\"'\">3</x:n><n x:b='4'> <x:n>5</x:n> </n></x:c>"u8.ToArray(),
        "<c><a>a&amp;b<![CDATA[<x>]]>&#233;]<!-- c -->&#x1F600;é\r\nx</a><e/><blank> \r\n</blank></c>\n<!-- -->"u8.ToArray(),
        "<c xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='t'><a i:nil='true'/><b i:x='1'>x</b></c>"u8.ToArray(),
        "<s:e xmlns:s='urn:s'><s:b><q:m xmlns:q='urn:q'><q:a>1</q:a></q:m><m xmlns='urn:z'>2</m></s:b></s:e>"u8.ToArray(),
    ];

    private static readonly string[] Tokens =
    [
        "<", ">", "/", "</", "/>", "<a>", "</a>", "<a/>", " a='1'", " x:a=\"2\"", " xmlns='urn:y'", " xmlns:x='urn:x'", " xmlns:x=''",
        " xmlns:q='urn:x'", " q:a='3'", " xmlns:xml='urn:x'", " xmlns='http://www.w3.org/2000/xmlns/'", " xml:space='x'", " xmlns:x='",
        "http://www.w3.org/2001/XMLSchema-instance", "x:", "q:", ":", "&lt;", "&apos;", "&#9;", "&#13;", "&#10;", "&#x20;", "&#65;", "&#0;",
        "&#xFFFE;", "&#xD800;", "&#x110000;", "&#X41;", "&# 65;", "&#;", "&x;", "&", ";", "<!--", "-->", "--", "->", "<![CDATA[", "]]>", "]", "]]",
        "<?x?>", "?>", "<?xml version='1.0'?>", " standalone='yes'", " ?>", "\0", "\x01", "\x7F", "\xC2\x85", "\xC3\xA9", "\xFF", "\xEF\xBF\xBF", "\xEF\xBF\xBD",
        "\xEF\xBB\xBF", "\r\n", "\r", "\n", "\t", " ", "\xE3\x80\x80", "'", "\"", "=", "-", ".", "1", "_",
    ];

    private static readonly LimitsDeclaration Limits = new() { Depth = 6, Fields = 24, Items = 6 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_document_is_the_one_that_XmlReader_makes(bool takesList)
    {
        BodyContext context = new()
        {
            Limits = Limits, TakesList = takesList, Namespaces = new Dictionary<string, string>(),
        };
        FuzzRun run = new(Rounds);
        Mutations mutations = new(run.Random, Documents, Tokens);
        while (run.Next())
        {
            byte[] body = run.Random.Next(2) == 0 ? mutations.Next() : Touched(run.Random);
            run.Judge(() => run.Accepted += Compare(body, context) ? 1 : 0, body);
        }

        Assert.True(run.Accepted > 0);
    }

    /// <summary>A document with one thing put into it: much of that is XML still.</summary>
    private static byte[] Touched(Random random)
    {
        byte[] document = Documents[random.Next(Documents.Length)];
        int place = random.Next(document.Length + 1);
        return
        [
            .. document[..place], .. Encoding.Latin1.GetBytes(Tokens[random.Next(Tokens.Length)]), .. document[place..],
        ];
    }

    private static bool Compare(byte[] body, BodyContext context)
    {
        if (XmlEncoding.Decode(body, context.Charset, out ReadOnlySpan<byte> xml) is not null)
        {
            return false;
        }

        using XmlTree tree = new(xml);
        if (!PlainXml.TryRead(tree, context))
        {
            return false;
        }

        Assert.Null(XmlScan.Judge(xml, Limits, context.TakesList));
        using DocumentWriter plain = new(64, Limits.Depth, 1_000_000);
        using DocumentWriter whole = new(64, Limits.Depth, 1_000_000);
        Assert.Equal(XmlFormat.ReadAny(xml, context, whole)?.Message, XmlFormat.Write(tree, context, plain)?.Message);
        Assert.Equal(Encoding.UTF8.GetString(whole.ToArray()), Encoding.UTF8.GetString(plain.ToArray()));
        return true;
    }
}
