using System.Diagnostics.CodeAnalysis;

namespace Postroom.JsonSchema;

/// <summary>What became of a schema text: a schema, or all the errors that stand against it.</summary>
public sealed class SchemaCompilation
{
    internal SchemaCompilation(CompiledSchema? schema, IReadOnlyList<SchemaError> errors)
    {
        Schema = schema;
        Errors = errors;
    }

    /// <summary>The compiled schema; null when there are <see cref="Errors"/>.</summary>
    public CompiledSchema? Schema { get; }

    /// <summary>All errors in the order of the text; empty when <see cref="Schema"/> is there.</summary>
    public IReadOnlyList<SchemaError> Errors { get; }

    /// <summary>True when <see cref="Schema"/> is there.</summary>
    [MemberNotNullWhen(true, nameof(Schema))]
    public bool Succeeded => Schema is not null;
}
