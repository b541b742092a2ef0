namespace Postroom.Expressions.Syntax;

/// <summary>A word of the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where it begins, in characters.</param>
/// <param name="Text">A name or sign, a number as written, or what a text in quotes stands for.</param>
internal readonly record struct Token(TokenKind Kind, int Position, string Text)
{
    /// <summary>How a message names it.</summary>
    public string Described => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.String => "a text in quotes",
        _ => $"`{Text}`",
    };
}
