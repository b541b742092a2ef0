using Postroom.Faults;
using Postroom.Parsing.Formats;

namespace Postroom.Parsing;

/// <summary>
/// Goes over the items of a JSON array with one quick look at each. Where the text is no JSON it may end early; that
/// is safe, since the walk over the schema refuses that text afterwards.
/// </summary>
internal ref struct FormListScan(ReadOnlySpan<byte> json, FormRules rules)
{
    private static readonly byte[] s_whiteSpace = [.. " \t\r\n"u8];

    private ReadOnlySpan<byte> _rest = json;

    /// <summary>How many items came up to now.</summary>
    public int Count { get; private set; }

    /// <summary>The item on which the scan stands.</summary>
    public ReadOnlySpan<byte> Item { get; private set; }

    /// <summary>What the look at it found.</summary>
    public FormJsonVerdict Verdict { get; private set; }

    /// <summary>Why it cannot be taken; null when it can.</summary>
    public Fault? Fault { get; private set; }

    public bool Next()
    {
        if (!Pass(Count == 0 ? (byte)'[' : (byte)',') || (Count == 0 && Pass((byte)']')))
        {
            return false;
        }

        Judge(Count++);
        return true;
    }

    private void Judge(int position)
    {
        if (position == rules.Limits.Items)
        {
            Verdict = FormJsonVerdict.Refused;
            Fault = FormatFaults.TooManyItems(rules.Limits.Items);
            return;
        }

        _rest = _rest.TrimStart(s_whiteSpace);
        Verdict = FormJsonScan.Scan(_rest, rules, out Fault? fault, out int length);
        Item = _rest[..length];
        _rest = _rest[length..];
        Fault = fault is not null ? FormList.At(position, fault)
            : Verdict == FormJsonVerdict.NotAnObject ? ParsingFaults.ItemNotAnObject(position)
            : null;
    }

    private bool Pass(byte mark)
    {
        _rest = _rest.TrimStart(s_whiteSpace);
        bool isThere = !_rest.IsEmpty && _rest[0] == mark;
        _rest = isThere ? _rest[1..] : _rest;
        return isThere;
    }
}
