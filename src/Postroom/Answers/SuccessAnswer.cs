using System.Buffers;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Answers;

/// <summary>The answer to an accepted POST: JSON that always parses and always holds <c>message</c>.</summary>
internal static class SuccessAnswer
{
    private const int Ok = 200;
    private const int Created = 201;

    /// <param name="plan">The endpoint.</param>
    /// <param name="document">What was accepted.</param>
    /// <param name="id">The entry.</param>
    /// <param name="redirect">Where a browser goes; null to the receipt.</param>
    /// <param name="service">Whose scripts read it; null for none but ours.</param>
    /// <param name="next">The page that a script of Formspree is told of.</param>
    public static StoredAnswer Render(
        EndpointPlan plan, ReadOnlySpan<byte> document, EntryId id, string? redirect, FormService? service = null,
        string? next = null)
    {
        var output = new ArrayBufferWriter<byte>(192);
        output.Write("{\"message\":\""u8);
        plan.Created.WriteJson(output, document);
        output.Write("\",\"id\":\""u8);
        id.Format(output.GetSpan(EntryId.TextLength));
        output.Advance(EntryId.TextLength);
        output.Write("\""u8);
        switch (service)
        {
            case FormService.Formspree:
                output.Write(",\"ok\":true,\"next\":\""u8);
                output.Write(JsonEncodedText.Encode(next ?? "").EncodedUtf8Bytes);
                output.Write("\""u8);
                break;
            case FormService.Web3Forms:
                output.Write(",\"success\":true"u8);
                break;
        }

        output.Write("}"u8);

        // The script that Web3Forms shows takes every other status for a failure.
        return new StoredAnswer(
            service == FormService.Web3Forms ? Ok : Created, output.WrittenMemory, redirect);
    }
}
