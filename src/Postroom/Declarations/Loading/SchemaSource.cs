using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>The schema of an endpoint.</summary>
/// <param name="Json">Its text as UTF-8 JSON.</param>
internal sealed record SchemaSource(byte[] Json)
{
    /// <summary>What is wrong with naming a field; null when the schema has it or takes any.</summary>
    public static string? FaultOf(string field) => null;
}
