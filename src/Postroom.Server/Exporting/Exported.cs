using System.Globalization;
using System.Text.Json;

namespace Postroom.Server.Exporting;

/// <summary>One row of an export: what is known of a document, and the document.</summary>
internal abstract class Exported
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The document: UTF-8 JSON.</summary>
    public abstract ReadOnlyMemory<byte> Document { get; }

    /// <summary>What stands in the own columns of CSV.</summary>
    public abstract IReadOnlyList<string> Cells { get; }

    /// <summary>Writes the members of one JSON object, the document among them.</summary>
    public abstract void WriteTo(Utf8JsonWriter json);

    /// <summary>Unix milliseconds as RFC 3339.</summary>
    protected static string Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        .ToString(TimeFormat, CultureInfo.InvariantCulture);

    protected void WriteDocument(Utf8JsonWriter json)
    {
        json.WritePropertyName("document"u8);
        json.WriteRawValue(Document.Span, skipInputValidation: true);
    }
}
