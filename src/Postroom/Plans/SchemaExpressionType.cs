using Postroom.Expressions;
using Postroom.JsonSchema;

namespace Postroom.Plans;

/// <summary>The types of an endpoint's fields in expressions, as far as its schema says them.</summary>
internal static class SchemaExpressionType
{
    /// <summary>A schema may contain itself; further in, nothing is known.</summary>
    private const int DepthMax = 8;

    public static ExpressionType Of(SchemaView schema) => Of(schema, DepthMax);

    private static ExpressionType Of(SchemaView schema, int depth)
    {
        var types = schema.Types & ~SchemaTypes.Null;
        var type = depth == 0 ? ExpressionType.Dyn : types switch
        {
            SchemaTypes.Boolean => ExpressionType.Bool,
            SchemaTypes.Integer => ExpressionType.Int,
            SchemaTypes.Number => ExpressionType.Double,
            SchemaTypes.String => schema.Format == "date-time" ? ExpressionType.Timestamp : ExpressionType.String,
            SchemaTypes.Array => ExpressionType.ListOf(
                schema.Items is { } items && schema.PrefixItems.Count == 0 ? Of(items, depth - 1) : ExpressionType.Dyn),
            SchemaTypes.Object => Map(schema, depth),
            SchemaTypes.None when schema.Types == SchemaTypes.Null => ExpressionType.Null,
            _ => ExpressionType.Dyn,
        };
        return schema.Types.HasFlag(SchemaTypes.Null) ? type.OrNull() : type;
    }

    /// <summary>Where the schema names members, another name is more likely a slip than a member of the document,
    /// unless the schema speaks of others too.</summary>
    private static ExpressionType Map(SchemaView schema, int depth)
    {
        var others = schema.AdditionalProperties is { IsNever: false } additional ? Of(additional, depth - 1)
            : schema.Properties.Count == 0 && schema.AdditionalProperties is null ? ExpressionType.Dyn
            : null;
        return ExpressionType.MapOf(
            schema.Properties.ToDictionary(property => property.Name, property => Of(property.Schema, depth - 1)),
            others);
    }
}
