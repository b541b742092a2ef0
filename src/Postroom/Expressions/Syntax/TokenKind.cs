namespace Postroom.Expressions.Syntax;

/// <summary>What a <see cref="Token"/> is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text, or where it cannot be read further.</summary>
    End,

    /// <summary>A name, or one of the words <c>true false null in</c>.</summary>
    Name,

    /// <summary>A name in back quotes.</summary>
    QuotedName,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A number with a point or an exponent.</summary>
    Double,

    /// <summary>A text in quotes.</summary>
    String,

    /// <summary>An operator, a bracket, a comma, a point.</summary>
    Sign,
}
