using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Answers;

/// <summary>A refusal as problem details (RFC 9457), with what a page and a program need to go on.</summary>
internal static class ProblemAnswer
{
    public const string MediaType = "application/problem+json";

    // Sent as application/problem+json with nosniff, never inside HTML: letters of all languages stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static StoredAnswer Render(Fault fault)
    {
        var output = new ArrayBufferWriter<byte>(512);
        Write(output, fault);
        return new StoredAnswer(fault.Kind.Status, output.WrittenMemory);
    }

    public static void Write(IBufferWriter<byte> output, Fault fault)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("type"u8, fault.Kind.Type);
        json.WriteString("title"u8, fault.Kind.Title);
        json.WriteNumber("status"u8, fault.Kind.Status);
        json.WriteString("detail"u8, fault.Message);
        json.WriteString("message"u8, fault.Message);
        json.WriteString("code"u8, fault.Kind.Code);
        WriteErrors(json, fault.Errors);
        WriteLimit(json, fault.Limit);
        WriteExisting(json, fault.Existing);
        if (fault.Left is { } left)
        {
            json.WriteNumber("left"u8, left);
        }

        foreach (var (name, value) in fault.Members)
        {
            json.WriteNumber(name, value);
        }

        WriteRetry(json, fault);
        json.WriteEndObject();
    }

    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyList<FieldFault> errors)
    {
        if (errors.Count == 0)
        {
            return;
        }

        json.WriteStartArray("errors"u8);
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("pointer"u8, error.Pointer);
            json.WriteString("code"u8, error.Code);
            json.WriteString("message"u8, error.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLimit(Utf8JsonWriter json, LimitFault? limit)
    {
        if (limit is null)
        {
            return;
        }

        json.WriteStartObject("limit"u8);
        json.WriteString("name"u8, limit.Name);
        json.WriteNumber("value"u8, limit.Value);
        json.WriteEndObject();
    }

    private static void WriteExisting(Utf8JsonWriter json, ExistingRecord? existing)
    {
        if (existing is not null)
        {
            json.WriteStartObject("existing"u8);
            json.WriteString("id"u8, existing.Id);
            json.WriteString("address"u8, existing.Address);
            json.WriteEndObject();
        }
    }

    private static void WriteRetry(Utf8JsonWriter json, Fault fault)
    {
        json.WriteStartObject("retry"u8);
        json.WriteBoolean("useful"u8, fault.Kind.Retry != RetryAdvice.Never);
        switch (fault.Kind.Retry)
        {
            case RetryAdvice.SameRequest:
                json.WriteString("key"u8, "same"u8);
                break;
            case RetryAdvice.AfterCorrection:
                json.WriteString("after"u8, "correction"u8);
                json.WriteString("key"u8, "same"u8);
                break;
            case RetryAdvice.WithNewKey:
                json.WriteString("key"u8, "new"u8);
                break;
        }

        if (fault.RetryAfter is { } pause)
        {
            json.WriteNumber("seconds"u8, (long)Math.Ceiling(pause.TotalSeconds));
        }

        json.WriteEndObject();
    }
}
