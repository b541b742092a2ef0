using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Answers;

/// <summary>
/// A record as its readers get it: what is kept by us first, in a fixed order, then its fields as they were accepted.
/// </summary>
internal static class RecordAnswer
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static ReadOnlyMemory<byte> Render(EndpointPlan plan, Record record)
    {
        var output = new ArrayBufferWriter<byte>(record.Document.Length + 192);
        Write(output, plan, record);
        return output.WrittenMemory;
    }

    /// <param name="output">Where to.</param>
    /// <param name="plan">Its resource.</param>
    /// <param name="record">What to write.</param>
    /// <param name="expanded">The value of the member <c>expand</c>, as JSON; empty for none.</param>
    public static void Write(
        IBufferWriter<byte> output, EndpointPlan plan, Record record, ReadOnlySpan<byte> expanded = default)
    {
        output.Write("{\"id\":\""u8);
        record.Id.Format(output.GetSpan(EntryId.TextLength));
        output.Advance(EntryId.TextLength);
        output.Write("\",\"created\":\""u8);
        WriteTime(output, record.CreatedAt);
        output.Write("\",\"updated\":\""u8);
        WriteTime(output, record.UpdatedAt);
        output.Write("\",\"version\":"u8);
        Utf8Formatter.TryFormat(record.Version, output.GetSpan(20), out var length);
        output.Advance(length);
        output.Write(",\"owner\":"u8);
        WriteOwner(output, record.Owner);
        if (record.HeldUntil is { } until)
        {
            output.Write(",\"heldUntil\":\""u8);
            WriteTime(output, until);
            output.Write("\""u8);
        }

        WriteFields(output, plan.Resource!.Shape, record.Document.Span);
        if (!expanded.IsEmpty)
        {
            output.Write(",\"expand\":"u8);
            output.Write(expanded);
        }

        output.Write("}"u8);
    }

    /// <summary>The version of a record that was rendered here.</summary>
    public static long? VersionOf(ReadOnlySpan<byte> answer)
    {
        var members = new TopMembers(answer);
        while (members.MoveNext())
        {
            if (members.Name == RecordMembers.Version)
            {
                return Utf8Parser.TryParse(members.Value, out long version, out _) ? version : null;
            }
        }

        return null;
    }

    /// <summary>Unix milliseconds as RFC 3339.</summary>
    public static string Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        .ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static void WriteTime(IBufferWriter<byte> output, long milliseconds)
    {
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            .TryFormat(output.GetSpan(32), out var length, TimeFormat, CultureInfo.InvariantCulture);
        output.Advance(length);
    }

    private static void WriteOwner(IBufferWriter<byte> output, string? owner)
    {
        if (owner is null)
        {
            output.Write("null"u8);
            return;
        }

        output.Write("\""u8);
        output.Write(JsonEncodedText.Encode(owner).EncodedUtf8Bytes);
        output.Write("\""u8);
    }

    private static void WriteFields(IBufferWriter<byte> output, RecordShape shape, ReadOnlySpan<byte> document)
    {
        if (shape.Hidden.Count == 0)
        {
            var fields = document.Trim(" \t\r\n"u8)[1..^1].Trim(" \t\r\n"u8);
            if (!fields.IsEmpty)
            {
                output.Write(","u8);
                output.Write(fields);
            }

            return;
        }

        var members = new TopMembers(document);
        while (members.MoveNext())
        {
            if (!shape.Hidden.Contains(members.Name))
            {
                output.Write(","u8);
                output.Write(members.Member);
            }
        }
    }
}
