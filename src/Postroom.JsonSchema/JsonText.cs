using System.Buffers;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema;

/// <summary>
/// Exact answers about pieces of JSON text. The texts must be well-formed values without white space around them,
/// as a walk has accepted them.
/// </summary>
public static class JsonText
{
    /// <summary>
    /// Whether two values are equal in the meaning of JSON Schema: numbers by their value (1, 1.0 and 1e0 are equal),
    /// strings by their characters, arrays in order, objects without order.
    /// </summary>
    public static bool ValueEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        return left[0] switch
        {
            (byte)'"' => right[0] == (byte)'"' && StringEquals(left[1..^1], right[1..^1]),
            (byte)'[' => right[0] == (byte)'[' && ItemsEqual(left, right),
            (byte)'{' => right[0] == (byte)'{' && MembersEqual(left, right),
            (byte)'t' or (byte)'f' or (byte)'n' => left.SequenceEqual(right),
            _ => IsNumber(right) && CompareNumbers(left, right) == 0,
        };
    }

    /// <summary>Orders two numbers exactly, whatever their size: below zero, zero or above zero.</summary>
    public static int CompareNumbers(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        DecimalText.Compare(DecimalText.Parse(left), DecimalText.Parse(right));

    /// <summary>Whether a number has no fraction: 1, 1.0 and 1.5e1 have none.</summary>
    public static bool IsWholeNumber(ReadOnlySpan<byte> number) => DecimalText.Parse(number).IsWhole;

    /// <summary>Whether the value is a number.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> value) => value[0] is (byte)'-' or >= (byte)'0' and <= (byte)'9';

    /// <summary>The characters of a string value, without quotes and escapes.</summary>
    public static string ReadString(ReadOnlySpan<byte> value) => JsonString.ToText(value[1..^1]);

    private static bool StringEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        bool escaped = left.IndexOf((byte)'\\') >= 0 || right.IndexOf((byte)'\\') >= 0;
        return escaped ? UnescapedEquals(left, right) : left.SequenceEqual(right);
    }

    private static bool UnescapedEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(left.Length + right.Length);
        int leftLength = JsonString.Unescape(left, buffer);
        int rightLength = JsonString.Unescape(right, buffer.AsSpan(leftLength));
        bool equal = buffer.AsSpan(0, leftLength).SequenceEqual(buffer.AsSpan(leftLength, rightLength));
        ArrayPool<byte>.Shared.Return(buffer);
        return equal;
    }

    private static bool ItemsEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var leftItems = new MemberReader(left);
        var rightItems = new MemberReader(right);
        while (leftItems.Next())
        {
            if (!rightItems.Next() || !ValueEquals(leftItems.Value, rightItems.Value))
            {
                return false;
            }
        }

        return !rightItems.Next();
    }

    private static bool MembersEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var leftMembers = new MemberReader(left);
        var rightMembers = new MemberReader(right);
        while (leftMembers.Next())
        {
            if (!rightMembers.Next())
            {
                return false;
            }

            if (!StringEquals(leftMembers.Name, rightMembers.Name))
            {
                return MembersEqualInAnyOrder(left, right);
            }

            if (!ValueEquals(leftMembers.Value, rightMembers.Value))
            {
                return false;
            }
        }

        return !rightMembers.Next();
    }

    /// <summary>Through a table, so that two large objects in different order cost no quadratic time.</summary>
    private static bool MembersEqualInAnyOrder(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var members = new Dictionary<string, (int Start, int Length)>(StringComparer.Ordinal);
        var rightMembers = new MemberReader(right);
        while (rightMembers.Next())
        {
            members[JsonString.ToText(rightMembers.Name)] = (rightMembers.ValueStart, rightMembers.Value.Length);
        }

        int count = 0;
        var leftMembers = new MemberReader(left);
        while (leftMembers.Next())
        {
            count++;
            if (!members.TryGetValue(JsonString.ToText(leftMembers.Name), out (int Start, int Length) other)
                || !ValueEquals(leftMembers.Value, right.Slice(other.Start, other.Length)))
            {
                return false;
            }
        }

        return count == members.Count;
    }
}
