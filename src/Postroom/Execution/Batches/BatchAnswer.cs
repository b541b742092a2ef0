using System.Buffers;
using System.Text.Json;
using Postroom.Answers;
using Postroom.Exchange.Records;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Execution.Batches;

/// <summary>What became of each item, in their order.</summary>
internal static class BatchAnswer
{
    /// <param name="plan">The resource.</param>
    /// <param name="status">201 where all were created together, 207 (RFC 4918 §11.1) where each stood alone.</param>
    /// <param name="results">Of each item.</param>
    public static StoredAnswer Render(EndpointPlan plan, int status, IReadOnlyList<BatchResult> results)
    {
        var output = new ArrayBufferWriter<byte>(128 + (64 * results.Count));
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteNumber("created"u8, results.Count(result => result.Fault is null));
            json.WriteNumber("refused"u8, results.Count(result => result.Fault is not null));
            json.WriteStartArray("items"u8);
            foreach (var result in results)
            {
                Write(json, plan, result);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new StoredAnswer(status, output.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter json, EndpointPlan plan, BatchResult result)
    {
        json.WriteStartObject();
        if (result.Fault is { } fault)
        {
            json.WriteNumber("status"u8, fault.Kind.Status);
            json.WritePropertyName("problem"u8);
            json.WriteRawValue(ProblemAnswer.Render(fault).Body.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteNumber("status"u8, 201);
            json.WriteString("id"u8, result.Id.ToString());
            json.WriteString("location"u8, RecordFaults.Address(plan, result.Id));
        }

        json.WriteEndObject();
    }
}
