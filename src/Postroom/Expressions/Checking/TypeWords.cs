namespace Postroom.Expressions.Checking;

/// <summary>Types in the words of a message.</summary>
internal static class TypeWords
{
    /// <summary>With its article: <c>a string</c>.</summary>
    public static string With(ExpressionType type) => type.Kind switch
    {
        ExpressionTypeKind.Null => "null",
        ExpressionTypeKind.Dyn => "a value of any type",
        ExpressionTypeKind.Int => "an int",
        ExpressionTypeKind.Map => "an object",
        _ => $"a {type}",
    };
}
