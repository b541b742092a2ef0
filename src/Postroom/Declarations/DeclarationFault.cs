namespace Postroom.Declarations;

/// <summary>A fault of a declaration: all are gathered and shown together, and nothing starts with any.</summary>
/// <param name="File">The file, as the user named it; empty for a declaration in C#.</param>
/// <param name="Line">From 1; 0 when unknown.</param>
/// <param name="Column">From 1; 0 when unknown.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record DeclarationFault(string File, int Line, int Column, string Message)
{
    /// <summary><c>file:line:column: message</c>, as editors and compilers write it.</summary>
    public override string ToString() => Line > 0 ? $"{File}:{Line}:{Column}: {Message}" : $"{File}: {Message}";
}
