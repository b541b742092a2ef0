using System.Buffers;
using Postroom.Faults;

namespace Postroom.Parsing.Formats;

/// <summary>
/// Walks over rows and fields of CSV as RFC 4180 §2 says, strictly: a quote stands only around a whole field, doubled
/// inside it. Rows end with CRLF, LF or CR. Fields are spans of the body; only one with doubled quotes is copied.
/// </summary>
internal ref struct CsvReader(ReadOnlySpan<byte> body)
{
    private static readonly SearchValues<byte> s_ends = SearchValues.Create(",\"\r\n"u8);

    private ReadOnlySpan<byte> _rest = body;
    private bool _inRow;

    /// <summary>The line on which the reader stands, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Why reading stopped; null at a regular end.</summary>
    public Fault? Fault { get; private set; }

    /// <summary>Goes to the next row that is not empty; false at the end.</summary>
    public bool NextRow()
    {
        while (!_rest.IsEmpty && _rest[0] is (byte)'\r' or (byte)'\n')
        {
            SkipLineEnd();
        }

        _inRow = !_rest.IsEmpty && Fault is null;
        return _inRow;
    }

    /// <summary>Reads the next field of the row; false behind its last one and at a fault.</summary>
    public bool NextField(out ReadOnlySpan<byte> field)
    {
        field = default;
        if (!_inRow)
        {
            return false;
        }

        if (!(!_rest.IsEmpty && _rest[0] == '"' ? ReadQuoted(out field) : ReadPlain(out field)))
        {
            _inRow = false;
            return false;
        }

        if (_rest.IsEmpty)
        {
            _inRow = false;
        }
        else if (_rest[0] == ',')
        {
            _rest = _rest[1..];
        }
        else
        {
            SkipLineEnd();
            _inRow = false;
        }

        return true;
    }

    private bool ReadPlain(out ReadOnlySpan<byte> field)
    {
        int end = _rest.IndexOfAny(s_ends);
        end = end < 0 ? _rest.Length : end;
        field = _rest[..end];
        _rest = _rest[end..];
        return _rest.IsEmpty || _rest[0] != '"'
            || Fail($"There is a quote inside a field on line {Line}. Put the whole field in quotes, and double the "
                + "quotes in it.");
    }

    private bool ReadQuoted(out ReadOnlySpan<byte> field)
    {
        int startLine = Line;
        ReadOnlySpan<byte> text = _rest[1..];
        int end = 0;
        bool isDoubled = false;
        while (true)
        {
            int quote = text[end..].IndexOf((byte)'"');
            if (quote < 0)
            {
                field = default;
                return Fail($"The quoted field that begins on line {startLine} is not closed.");
            }

            end += quote;
            if (end + 1 == text.Length || text[end + 1] != '"')
            {
                break;
            }

            isDoubled = true;
            end += 2;
        }

        field = text[..end];
        CountLines(field);
        _rest = text[(end + 1)..];
        if (isDoubled)
        {
            field = Undouble(field);
        }

        return _rest.IsEmpty || _rest[0] is (byte)',' or (byte)'\r' or (byte)'\n'
            || Fail($"Something stands behind a closing quote on line {Line}. A comma or the end of the line is "
                + "expected.");
    }

    private static byte[] Undouble(ReadOnlySpan<byte> text)
    {
        byte[] single = new byte[text.Length];
        int length = 0;
        for (int index = 0; index < text.Length; index++)
        {
            single[length++] = text[index];
            index += text[index] == '"' ? 1 : 0;
        }

        return single[..length];
    }

    private void SkipLineEnd()
    {
        _rest = _rest[(_rest.StartsWith("\r\n"u8) ? 2 : 1)..];
        Line++;
    }

    private void CountLines(scoped ReadOnlySpan<byte> text)
    {
        while (true)
        {
            int end = text.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                return;
            }

            Line++;
            text = text[(end + (text[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }
    }

    private bool Fail(string message)
    {
        Fault = new Fault(FaultCatalogue.MalformedCsv, message);
        return false;
    }
}
