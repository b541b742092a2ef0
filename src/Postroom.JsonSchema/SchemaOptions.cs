namespace Postroom.JsonSchema;

/// <summary>How a schema text is compiled, and the limits it must keep.</summary>
public sealed record SchemaOptions
{
    /// <summary>The defaults.</summary>
    public static SchemaOptions Default { get; } = new();

    /// <summary>The defaults, with <see cref="AssertFormats"/>.</summary>
    public static SchemaOptions AssertingFormats { get; } = new() { AssertFormats = true };

    /// <summary>
    /// Whether <c>format</c> refuses values, or only describes them (the default, as 2020-12 has it). A schema whose
    /// dialect has the vocabulary format-assertion asserts them whatever is said here.
    /// </summary>
    public bool AssertFormats { get; init; }

    /// <summary>
    /// Whether keywords and asserted formats that are not known have no effect, as the specification allows. By default
    /// they are errors, so that none is silently without effect; a keyword of one's own begins with <c>x-</c>.
    /// </summary>
    public bool IgnoreUnknown { get; init; }

    /// <summary>The URI of the text, which its references start from unless it has an absolute <c>$id</c>.</summary>
    public string BaseUri { get; init; } = "";

    /// <summary>Where references to other documents lead, asked in this order. The published meta-schemas of 2020-12,
    /// 2019-09 and draft 7 are always known. Nothing else is read, and nothing goes over a network.</summary>
    public IReadOnlyList<ISchemaSource> Sources { get; init; } = [];

    /// <summary>The longest schema text in bytes, for each document; 1 MiB by default.</summary>
    public int SchemaBytesMax { get; init; } = 1 << 20;

    /// <summary>The deepest nesting of the schema text; 64 by default, at most 256.</summary>
    public int SchemaDepthMax { get; init; } = 64;

    /// <summary>How many documents a schema may consist of; 100 by default.</summary>
    public int DocumentsMax { get; init; } = 100;

    /// <summary>How many errors are gathered before the rest is left out; 100 by default.</summary>
    public int ErrorsMax { get; init; } = 100;

    internal int DepthMax => Math.Clamp(SchemaDepthMax, 1, 256);
}
