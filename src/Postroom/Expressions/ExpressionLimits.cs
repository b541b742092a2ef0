namespace Postroom.Expressions;

/// <summary>What bounds an expression, whoever wrote it.</summary>
internal static class ExpressionLimits
{
    /// <summary>Characters (UTF-16) of the text.</summary>
    public const int LengthMax = 4_096;

    /// <summary>Literals, names, operators and calls.</summary>
    public const int NodesMax = 500;

    /// <summary>Operators, calls and parentheses within each other.</summary>
    public const int DepthMax = 50;

    /// <summary>Of one evaluation: items that macros and <c>in</c> look at; 64 bytes of text that is put together or
    /// searched count as one.</summary>
    public const int WorkMax = 100_000;
}
