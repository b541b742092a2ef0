using Postroom.Declarations.Yaml;
using Postroom.Faults;
using Postroom.JsonSchema;

namespace Postroom.Declarations.Loading;

/// <summary>The schema of an endpoint.</summary>
/// <param name="Json">Its text as UTF-8 JSON.</param>
/// <param name="View">What it says.</param>
/// <param name="Options">What compiles it, with the files to which it refers as they were read.</param>
internal sealed record SchemaSource(ReadOnlyMemory<byte> Json, SchemaView View, SchemaOptions Options)
{
    /// <summary>The types whose values a message can show.</summary>
    private const SchemaTypes Shown = SchemaTypes.String | SchemaTypes.Number | SchemaTypes.Boolean;

    /// <summary>The properties that it names.</summary>
    public IEnumerable<SchemaProperty> Known =>
        View.Properties.Concat(View.Alternatives.SelectMany(alternative => alternative.Properties));

    /// <summary>Whether the schema names the field.</summary>
    public bool Names(string field) => Known.Any(property => property.Name == field);

    /// <summary>
    /// What is wrong with naming a field in a message; null when the schema has it or names none at all.
    /// </summary>
    public string? FaultOf(string field)
    {
        var shown = $"`{{{{{Excerpt.Of(field)}}}}}`";
        if (Known.FirstOrDefault(property => property.Name == field) is { } found)
        {
            return (found.Schema.Types & Shown) == 0
                ? $"{shown} names a list or an object, which a message cannot show."
                : null;
        }

        return Lacks(field, out var suggestion)
            ? $"{shown} names a field that the schema does not have.{suggestion}"
            : null;
    }

    /// <summary>True when the schema names fields, or forbids those it does not name, and this is not among
    /// them.</summary>
    public bool Lacks(string field, out string suggestion)
    {
        suggestion = "";
        if (Names(field) || !Known.Any() && View.AdditionalProperties is not { IsNever: true })
        {
            return false;
        }

        suggestion = NearestName.Suggest(field, Known.Select(property => property.Name));
        return true;
    }
}
