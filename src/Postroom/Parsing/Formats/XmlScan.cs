using System.Buffers;
using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Parsing.Formats;

/// <summary>
/// One quick look over XML before it is read: a DTD, too many elements and attributes, and too deep a nesting are
/// refused before they cost memory. Of well-formed XML it counts exactly; of any other at least as much as a reader
/// sees before it finds the fault.
/// </summary>
internal static class XmlScan
{
    private static readonly SearchValues<byte> s_marks = SearchValues.Create(">\"'="u8);

    public static Fault? Judge(ReadOnlySpan<byte> xml, LimitsDeclaration limits, bool takesList)
    {
        // The root is the document and no field of it.
        int count = -1;
        int depth = 0;
        int items = 0;
        while (true)
        {
            int open = xml.IndexOf((byte)'<');
            if (open < 0)
            {
                return null;
            }

            xml = xml[(open + 1)..];
            if (xml.StartsWith("!DOCTYPE"u8))
            {
                return new Fault(FaultCatalogue.MalformedXml,
                    "The XML holds a DTD (`<!DOCTYPE …>`), which is never read. Remove it and write entities out.");
            }

            if (TrySkip(ref xml, "!--"u8, "-->"u8) || TrySkip(ref xml, "![CDATA["u8, "]]>"u8)
                || TrySkip(ref xml, "?"u8, "?>"u8))
            {
                continue;
            }

            if (xml.StartsWith("/"u8))
            {
                depth--;
                continue;
            }

            // Each item of a list is a document of its own: its fields are counted anew.
            if (takesList && depth == 1)
            {
                count = -1;
                if (++items > limits.Items)
                {
                    return FormatFaults.TooManyItems(limits.Items);
                }
            }

            count += 1 + SkipTag(ref xml, out bool isEmpty);
            if (count > limits.Fields)
            {
                return ParsingFaults.TooManyFields(limits.Fields);
            }

            // A leaf is a value and no level of the document.
            if (++depth > limits.Depth + 1)
            {
                return ParsingFaults.TooDeep(limits.Depth);
            }

            depth -= isEmpty ? 1 : 0;
        }
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> xml, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end)
    {
        if (!xml.StartsWith(start))
        {
            return false;
        }

        int close = xml[start.Length..].IndexOf(end);
        xml = close < 0 ? default : xml[(start.Length + close + end.Length)..];
        return true;
    }

    /// <summary>Goes behind a start tag and returns how many attributes it has.</summary>
    private static int SkipTag(ref ReadOnlySpan<byte> xml, out bool isEmpty)
    {
        int attributes = 0;
        while (true)
        {
            int next = xml.IndexOfAny(s_marks);
            isEmpty = next > 0 && xml[next] == '>' && xml[next - 1] == '/';
            if (next < 0)
            {
                xml = default;
                return attributes;
            }

            byte found = xml[next];
            xml = xml[(next + 1)..];
            if (found == '>')
            {
                return attributes;
            }

            if (found == '=')
            {
                attributes++;
                continue;
            }

            int close = xml.IndexOf(found);
            xml = close < 0 ? default : xml[(close + 1)..];
            isEmpty = xml.StartsWith("/>"u8);
        }
    }
}
