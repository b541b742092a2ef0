using System.Globalization;
using System.Text.Json;
using Postroom.Storage.Records;

namespace Postroom.Server.Exporting;

/// <summary>A record of a resource: what it became, with the fields that answers leave out.</summary>
internal sealed class ExportedRecord(string endpoint, Record record) : Exported
{
    public static IReadOnlyList<string> Columns { get; } = ["id", "created", "updated", "version", "owner"];

    public override ReadOnlyMemory<byte> Document => record.Document;

    public override IReadOnlyList<string> Cells =>
    [
        record.Id.ToString(), Time(record.CreatedAt), Time(record.UpdatedAt),
        record.Version.ToString(CultureInfo.InvariantCulture), record.Owner ?? "",
    ];

    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("id"u8, record.Id.ToString());
        json.WriteString("endpoint"u8, endpoint);
        json.WriteString("created"u8, Time(record.CreatedAt));
        json.WriteString("updated"u8, Time(record.UpdatedAt));
        json.WriteNumber("version"u8, record.Version);
        json.WriteString("owner"u8, record.Owner);
        if (record.HeldUntil is { } until)
        {
            json.WriteString("heldUntil"u8, Time(until));
        }

        WriteDocument(json);
    }
}
