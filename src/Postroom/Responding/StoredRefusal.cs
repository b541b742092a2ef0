using System.Text.Json;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Responding;

/// <summary>
/// Reads a final refusal back from the answer that was stored for it, to show it to people as a page.
/// </summary>
internal static class StoredRefusal
{
    public static Fault Read(StoredAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        var root = json.RootElement;
        return new Fault(Rejection.Kind(answer.Status, isFinal: true), Text(root, "message"))
        {
            Errors = root.TryGetProperty("errors", out var errors)
                ? [.. errors.EnumerateArray().Select(ReadError)]
                : [],
        };
    }

    private static FieldFault ReadError(JsonElement error) =>
        new(Text(error, "pointer"), Text(error, "code"), Text(error, "message"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
