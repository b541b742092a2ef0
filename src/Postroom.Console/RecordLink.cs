using System.Text.Json;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>Finds the record that an entry of a resource speaks of.</summary>
internal static class RecordLink
{
    /// <summary>The address under which the record is read; null for an entry of anything else.</summary>
    public static string? Of(PlanTable plans, Entry entry)
    {
        if (plans.Find(entry.Endpoint)?.Resource is null || entry.State != EntryState.Stored)
        {
            return null;
        }

        using var document = JsonDocument.Parse(entry.Document, new JsonDocumentOptions { MaxDepth = 256 });
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("record", out var record)
            && record.ValueKind == JsonValueKind.String && EntryId.TryParse(record.GetString(), out var id)
            ? $"{entry.Endpoint}/{id}"
            : null;
    }
}
