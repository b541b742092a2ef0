namespace Postroom.Expressions.Evaluation;

/// <summary>What is asked of a text.</summary>
internal enum TextTestKind
{
    /// <summary><c>startsWith</c></summary>
    StartsWith,

    /// <summary><c>endsWith</c></summary>
    EndsWith,

    /// <summary><c>contains</c></summary>
    Contains,
}
