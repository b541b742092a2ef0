namespace Postroom.Declarations;

/// <summary>The names of the formats that Postroom reads by itself, as <c>formats</c> lists them.</summary>
public static class BodyFormatNames
{
    /// <summary>JSON.</summary>
    public const string Json = "json";

    /// <summary><c>application/x-www-form-urlencoded</c>.</summary>
    public const string Form = "form";

    /// <summary><c>multipart/form-data</c>.</summary>
    public const string Multipart = "multipart";

    /// <summary>XML.</summary>
    public const string Xml = "xml";

    /// <summary>CSV with a header row.</summary>
    public const string Csv = "csv";

    /// <summary>One JSON text a line.</summary>
    public const string Ndjson = "ndjson";

    /// <summary>Plain text: the whole body is one field.</summary>
    public const string Text = "text";

    /// <summary>What an endpoint takes unless told.</summary>
    public static IReadOnlyList<string> Default { get; } = [Json, Form, Multipart, Xml];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Json, Form, Multipart, Xml, Csv, Ndjson, Text];
}
