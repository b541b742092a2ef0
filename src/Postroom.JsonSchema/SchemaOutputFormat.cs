namespace Postroom.JsonSchema;

/// <summary>The output formats of JSON Schema Core, section 12.4, as far as they speak of faults.</summary>
public enum SchemaOutputFormat
{
    /// <summary>Whether the document is valid, nothing else.</summary>
    Flag,

    /// <summary>The faults as a flat list.</summary>
    Basic,

    /// <summary>The faults in the shape of the schema, places with a single one below left out.</summary>
    Detailed,
}
