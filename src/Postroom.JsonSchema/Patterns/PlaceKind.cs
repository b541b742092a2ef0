namespace Postroom.JsonSchema.Patterns;

/// <summary>What an assertion asks of the place where it stands.</summary>
internal enum PlaceKind
{
    /// <summary><c>^</c></summary>
    Beginning,

    /// <summary><c>$</c></summary>
    End,

    /// <summary><c>\b</c></summary>
    WordBoundary,

    /// <summary><c>\B</c></summary>
    NoWordBoundary,
}
