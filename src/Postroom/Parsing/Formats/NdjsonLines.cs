namespace Postroom.Parsing.Formats;

/// <summary>The lines of NDJSON that are not empty.</summary>
internal ref struct NdjsonLines(ReadOnlySpan<byte> body)
{
    private static readonly byte[] s_whiteSpace = [.. " \t\r"u8];

    private ReadOnlySpan<byte> _rest = ByteOrderMark.Skip(body);

    /// <summary>The line's number in the body, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The line without white space at its ends.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    public bool Next()
    {
        while (!_rest.IsEmpty)
        {
            int end = _rest.IndexOf((byte)'\n');
            Text = (end < 0 ? _rest : _rest[..end]).Trim(s_whiteSpace);
            _rest = end < 0 ? default : _rest[(end + 1)..];
            Number++;
            if (!Text.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }
}
