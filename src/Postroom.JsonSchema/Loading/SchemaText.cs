namespace Postroom.JsonSchema.Loading;

/// <summary>Gets schema texts and sees that they can be read at all.</summary>
internal static class SchemaText
{
    public static ReadOnlyMemory<byte>? Find(SchemaOptions options, string uri)
    {
        foreach (ISchemaSource source in options.Sources)
        {
            if (source.Find(uri) is { } text)
            {
                return text;
            }
        }

        return MetaSchemas.Find(uri) is { } known ? known : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>The reason why the text cannot be read as a schema, or null.</summary>
    public static SchemaError? Check(SchemaOptions options, ReadOnlySpan<byte> text)
    {
        if (text.Length > options.SchemaBytesMax)
        {
            return new SchemaError(
                "", 1, 1, $"the schema has {text.Length} bytes; at most {options.SchemaBytesMax} are allowed");
        }

        var faults = new SchemaFaults();
        return CompiledSchema.Any.Walk(text, faults, options.DepthMax) == JsonVerdict.Malformed
            ? new SchemaError("", faults.Malformation!.Line, faults.Malformation.Column,
                $"not acceptable JSON: {faults.Malformation.Message}")
            : null;
    }
}
