namespace Postroom.JsonSchema;

/// <summary>How a schema text is compiled, and the limits it must keep.</summary>
public sealed record SchemaOptions
{
    /// <summary>The defaults.</summary>
    public static SchemaOptions Default { get; } = new();

    /// <summary>Whether <c>format</c> refuses values (true, the default) or only describes them.</summary>
    public bool AssertFormats { get; init; } = true;

    /// <summary>The longest schema text in bytes; 1 MiB by default.</summary>
    public int SchemaBytesMax { get; init; } = 1 << 20;

    /// <summary>The deepest nesting of the schema text; 64 by default, at most 256.</summary>
    public int SchemaDepthMax { get; init; } = 64;

    /// <summary>How many errors are gathered before the rest is left out; 100 by default.</summary>
    public int ErrorsMax { get; init; } = 100;
}
