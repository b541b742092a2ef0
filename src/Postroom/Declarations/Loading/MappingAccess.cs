using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>
/// Reads keys of a mapping by type. A value of another type reads as absent: the schema has already faulted it.
/// </summary>
internal static class MappingAccess
{
    public static SourceScalar? Text(this SourceMapping mapping, string key) =>
        mapping.Find(key)?.Value is SourceScalar { Kind: ScalarKind.String } text ? text : null;

    public static SourceMapping? Mapping(this SourceMapping mapping, string key) =>
        mapping.Find(key)?.Value as SourceMapping;

    public static IEnumerable<SourceScalar> Texts(this SourceMapping mapping, string key) =>
        mapping.Find(key)?.Value is SourceSequence sequence
            ? sequence.Items.OfType<SourceScalar>().Where(item => item.Kind == ScalarKind.String)
            : [];

    public static bool? Flag(this SourceMapping mapping, string key) =>
        mapping.Find(key)?.Value is SourceScalar { Kind: ScalarKind.Boolean, Text: var text } ? text == "true" : null;

    /// <summary>A whole number that the schema has bounded.</summary>
    public static int? Count(this SourceMapping mapping, string key) =>
        mapping.Find(key)?.Value is SourceScalar { Kind: ScalarKind.Number, Text: var text }
        && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and <= int.MaxValue
            ? (int)number
            : null;
}
