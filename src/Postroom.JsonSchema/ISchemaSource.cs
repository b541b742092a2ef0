namespace Postroom.JsonSchema;

/// <summary>
/// Where the texts of other schemas come from. The library has one for files and one for texts that are known
/// beforehand; neither goes over a network.
/// </summary>
public interface ISchemaSource
{
    /// <summary>The text of a schema, or null when this source does not have it. Called while compiling only.</summary>
    /// <param name="uri">What a reference leads to, resolved against the URI of the schema that has it, without a
    /// fragment. Relative when that schema has no absolute URI.</param>
    ReadOnlyMemory<byte>? Find(string uri);
}
