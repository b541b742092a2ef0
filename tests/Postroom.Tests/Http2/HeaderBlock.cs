using System.Text;

namespace Postroom.Tests.Http2;

/// <summary>
/// HPACK (RFC 7541) as far as a client needs it that allows no dynamic table: fields are written literally, and read
/// literally or from the static table. The server under test writes no Huffman codes.
/// </summary>
internal static class HeaderBlock
{
    // RFC 7541, appendix A: names, with the value behind a blank where the entry has one.
    private static readonly string[] StaticTable =
    [
        ":authority", ":method GET", ":method POST", ":path /", ":path /index.html", ":scheme http", ":scheme https",
        ":status 200", ":status 204", ":status 206", ":status 304", ":status 400", ":status 404", ":status 500",
        "accept-charset", "accept-encoding gzip, deflate", "accept-language", "accept-ranges", "accept",
        "access-control-allow-origin", "age", "allow", "authorization", "cache-control", "content-disposition",
        "content-encoding", "content-language", "content-length", "content-location", "content-range", "content-type",
        "cookie", "date", "etag", "expect", "expires", "from", "host", "if-match", "if-modified-since",
        "if-none-match", "if-range", "if-unmodified-since", "last-modified", "link", "location", "max-forwards",
        "proxy-authenticate", "proxy-authorization", "range", "referer", "refresh", "retry-after", "server",
        "set-cookie", "strict-transport-security", "transfer-encoding", "user-agent", "vary", "via",
        "www-authenticate",
    ];

    public static byte[] Write(IEnumerable<(string Name, string Value)> fields)
    {
        var block = new MemoryStream();
        foreach (var (name, value) in fields)
        {
            // RFC 7541 §6.2.2: a literal field that is not indexed, with a new name.
            block.WriteByte(0);
            WriteText(block, name);
            WriteText(block, value);
        }

        return block.ToArray();
    }

    public static IReadOnlyList<(string Name, string Value)> Read(ReadOnlySpan<byte> block)
    {
        var fields = new List<(string, string)>();
        while (!block.IsEmpty)
        {
            var first = block[0];
            if (first >= 0x80)
            {
                fields.Add(Split(StaticTable[ReadNumber(ref block, 7) - 1]));
            }
            else if (first >> 5 == 1)
            {
                // RFC 7541 §6.3: a change of the size of the table.
                ReadNumber(ref block, 5);
            }
            else
            {
                var index = ReadNumber(ref block, first >= 0x40 ? 6 : 4);
                var name = index == 0 ? ReadText(ref block) : Split(StaticTable[index - 1]).Name;
                fields.Add((name, ReadText(ref block)));
            }
        }

        return fields;
    }

    private static (string Name, string Value) Split(string entry) =>
        entry.IndexOf(' ', StringComparison.Ordinal) is var blank and > 0
            ? (entry[..blank], entry[(blank + 1)..])
            : (entry, "");

    private static void WriteText(MemoryStream block, string text)
    {
        WriteNumber(block, text.Length);
        block.Write(Encoding.Latin1.GetBytes(text));
    }

    private static string ReadText(ref ReadOnlySpan<byte> block)
    {
        Assert.True(block[0] < 0x80, "The server writes Huffman codes now.");
        var length = ReadNumber(ref block, 7);
        var text = Encoding.UTF8.GetString(block[..length]);
        block = block[length..];
        return text;
    }

    /// <summary>RFC 7541 §5.1, with a prefix of seven bits.</summary>
    private static void WriteNumber(MemoryStream block, int number)
    {
        const int full = 0x7f;
        if (number < full)
        {
            block.WriteByte((byte)number);
            return;
        }

        block.WriteByte(full);
        for (number -= full; number >= 0x80; number >>= 7)
        {
            block.WriteByte((byte)(0x80 | number));
        }

        block.WriteByte((byte)number);
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> block, int prefix)
    {
        var full = (1 << prefix) - 1;
        var number = block[0] & full;
        block = block[1..];
        if (number < full)
        {
            return number;
        }

        for (var shift = 0; ; shift += 7)
        {
            var next = block[0];
            block = block[1..];
            number += (next & 0x7f) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }
}
