using System.Buffers;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Answers;

/// <summary>The answer to an accepted POST: JSON that always parses and always holds <c>message</c>.</summary>
internal static class SuccessAnswer
{
    private const int Created = 201;

    public static StoredAnswer Render(EndpointPlan plan, ReadOnlySpan<byte> document, EntryId id, string? redirect)
    {
        var output = new ArrayBufferWriter<byte>(192);
        output.Write("{\"message\":\""u8);
        plan.Created.WriteJson(output, document);
        output.Write("\",\"id\":\""u8);
        id.Format(output.GetSpan(EntryId.TextLength));
        output.Advance(EntryId.TextLength);
        output.Write("\"}"u8);
        return new StoredAnswer(Created, output.WrittenMemory, redirect);
    }
}
