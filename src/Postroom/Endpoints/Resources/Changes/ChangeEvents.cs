using System.Buffers;
using System.Buffers.Text;
using Postroom.Answers;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Endpoints.Resources.Changes;

/// <summary>Writes changes as events (HTML, "Server-sent events" §9.2.6).</summary>
internal static class ChangeEvents
{
    public static void WriteRetry(IBufferWriter<byte> output, long milliseconds)
    {
        output.Write("retry: "u8);
        WriteNumber(output, milliseconds);
        output.Write("\n\n"u8);
    }

    /// <summary>An id without data: no event, yet the place from which a browser goes on.</summary>
    public static void WritePosition(IBufferWriter<byte> output, long position)
    {
        output.Write("id: "u8);
        WriteNumber(output, position);
        output.Write("\n\n"u8);
    }

    public static void WriteComment(IBufferWriter<byte> output) => output.Write(":\n\n"u8);

    /// <summary>Changes between what was asked for and this position are no longer known.</summary>
    public static void WriteReset(IBufferWriter<byte> output, long position)
    {
        output.Write("event: reset\ndata: {}\n"u8);
        WritePosition(output, position);
    }

    /// <param name="output">Where to.</param>
    /// <param name="plan">The resource.</param>
    /// <param name="change">What happened.</param>
    /// <param name="record">The record as it is now; null when it is gone.</param>
    public static void Write(IBufferWriter<byte> output, EndpointPlan plan, RecordChange change, Record? record)
    {
        output.Write(change.Kind switch
        {
            RecordChangeKind.Created => "event: created\n"u8,
            RecordChangeKind.Updated => "event: updated\n"u8,
            _ => "event: deleted\n"u8,
        });
        output.Write("data: {\"id\":\""u8);
        change.Id.Format(output.GetSpan(EntryId.TextLength));
        output.Advance(EntryId.TextLength);
        output.Write("\",\"version\":"u8);
        WriteNumber(output, change.Version);
        if (change.Kind != RecordChangeKind.Deleted)
        {
            output.Write(",\"record\":"u8);
            if (record is null)
            {
                output.Write("null"u8);
            }
            else
            {
                WriteOnOneLine(output, RecordAnswer.Render(plan, record).Span);
            }
        }

        output.Write("}\n"u8);
        WritePosition(output, change.Sequence);
    }

    /// <summary>Documents are kept as they came, and a line break between two members would end the data.</summary>
    private static void WriteOnOneLine(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        for (var end = json.IndexOfAny("\r\n"u8); end >= 0; end = json.IndexOfAny("\r\n"u8))
        {
            output.Write(json[..end]);
            output.Write(" "u8);
            json = json[(end + 1)..];
        }

        output.Write(json);
    }

    private static void WriteNumber(IBufferWriter<byte> output, long number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(20), out var length);
        output.Advance(length);
    }
}
