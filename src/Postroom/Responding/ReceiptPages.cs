using System.Buffers;
using System.Text.Json;
using Postroom.Answers;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Responding;

/// <summary>
/// What a browser sees after a POST without a page of its own to go to. It can be shown again and again.
/// </summary>
internal static class ReceiptPages
{
    /// <param name="plan">Null when the endpoint is no longer declared.</param>
    /// <param name="entry">The entry; a held one looks like a stored one.</param>
    public static ReadOnlyMemory<byte> Render(EndpointPlan? plan, Entry entry)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        new ReceiptPage
        {
            Message = Message(plan, entry),
            Entry = entry.Id,
            ReceivedAt = entry.ReceivedAt,
            Files = entry.Files,
            Document = plan?.Hidden.Show(entry.Document),
            Back = plan is null ? null : HtmlUrl.Of(plan.Path),
        }.WriteTo(new HtmlWriter(output));
        return output.WrittenMemory;
    }

    private static string Message(EndpointPlan? plan, Entry entry)
    {
        if (plan is null)
        {
            return "We have received your message.";
        }

        var json = new ArrayBufferWriter<byte>();
        json.Write("\""u8);
        plan.Created.WriteJson(json, entry.Document.Span);
        json.Write("\""u8);
        var reader = new Utf8JsonReader(json.WrittenSpan);
        reader.Read();
        return reader.GetString() ?? "";
    }
}
