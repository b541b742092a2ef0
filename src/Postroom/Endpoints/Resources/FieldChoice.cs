using System.Buffers;
using Postroom.Faults;
using Postroom.Plans.Resources;

namespace Postroom.Endpoints.Resources;

/// <summary>The members of records that a reader wants, and no others.</summary>
internal sealed class FieldChoice
{
    private const int Max = 100;

    private readonly HashSet<string> _names;

    private FieldChoice(HashSet<string> names) => _names = names;

    /// <summary>Reads a list of names, joined by commas; null for all. A name that no record has chooses nothing.
    /// </summary>
    public static Fault? Parse(string? text, out FieldChoice? choice)
    {
        choice = null;
        string[] names =
            (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length > Max)
        {
            return new Fault(FaultCatalogue.QueryInvalid, $"`fields` takes at most {Max} names.");
        }

        choice = names.Length == 0 ? null : new FieldChoice(names.ToHashSet(StringComparer.Ordinal));
        return null;
    }

    /// <summary>The chosen members of a record that was rendered, in its order.</summary>
    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> record)
    {
        output.Write("{"u8);
        var members = new TopMembers(record);
        var isFirst = true;
        while (members.MoveNext())
        {
            if (_names.Contains(members.Name))
            {
                output.Write(isFirst ? ""u8 : ","u8);
                output.Write(members.Member);
                isFirst = false;
            }
        }

        output.Write("}"u8);
    }
}
