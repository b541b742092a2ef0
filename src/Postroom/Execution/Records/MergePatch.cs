using System.Buffers;
using Postroom.Plans.Resources;

namespace Postroom.Execution.Records;

/// <summary>
/// JSON Merge Patch (RFC 7396 §2): members of the patch take the place of those of the target, objects are merged,
/// null removes. What stays, stays byte for byte and in its order; new members follow in the order of the patch.
/// </summary>
internal static class MergePatch
{
    /// <summary>Both are well-formed JSON without repeated names.</summary>
    public static ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> target, ReadOnlyMemory<byte> patch)
    {
        var output = new ArrayBufferWriter<byte>(target.Length + patch.Length);
        Write(output, target.Span, patch);
        return output.WrittenMemory;
    }

    private static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> target, ReadOnlyMemory<byte> patch)
    {
        var members = new TopMembers(patch.Span);
        if (!members.IsObject)
        {
            output.Write(patch.Span.Trim(" \t\r\n"u8));
            return;
        }

        // In the order of the patch: what is left at the end names members that the target lacks.
        var changes = new OrderedDictionary<string, (ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value)>(
            StringComparer.Ordinal);
        while (members.MoveNext())
        {
            changes.Add(
                members.Name, (patch[members.Start..members.ValueStart], patch[members.ValueStart..members.End]));
        }

        output.Write("{"u8);
        var first = WriteTarget(output, target, changes);
        foreach (var (name, value) in changes.Values)
        {
            if (!IsNull(value))
            {
                Begin(output, ref first);
                output.Write(name.Span);
                Write(output, default, value);
            }
        }

        output.Write("}"u8);
    }

    /// <summary>Writes what becomes of the target's members, and takes their changes out; false once there is
    /// one.</summary>
    private static bool WriteTarget(
        ArrayBufferWriter<byte> output, ReadOnlySpan<byte> target,
        OrderedDictionary<string, (ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value)> changes)
    {
        var first = true;
        if (target.IsEmpty)
        {
            return first;
        }

        var members = new TopMembers(target);
        while (members.MoveNext())
        {
            if (!changes.Remove(members.Name, out var change))
            {
                Begin(output, ref first);
                output.Write(members.Member);
            }
            else if (!IsNull(change.Value))
            {
                Begin(output, ref first);
                output.Write(target[members.Start..members.ValueStart]);
                Write(output, members.Value, change.Value);
            }
        }

        return first;
    }

    private static void Begin(ArrayBufferWriter<byte> output, ref bool first)
    {
        if (!first)
        {
            output.Write(","u8);
        }

        first = false;
    }

    private static bool IsNull(ReadOnlyMemory<byte> value) => value.Span.SequenceEqual("null"u8);
}
