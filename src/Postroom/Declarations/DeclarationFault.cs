namespace Postroom.Declarations;

/// <summary>A fault of a declaration: all are gathered and shown together, and nothing starts with any.</summary>
/// <param name="File">The file, as the user named it; empty for a declaration in C# and where there is no file.</param>
/// <param name="Line">From 1; 0 when unknown.</param>
/// <param name="Column">From 1; 0 when unknown.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record DeclarationFault(string File, int Line, int Column, string Message)
{
    /// <summary>
    /// <c>file:line:column: message</c>, as editors and compilers write it; what is unknown is left out.
    /// </summary>
    public override string ToString() => this switch
    {
        { File.Length: 0 } => Message,
        { Line: 0 } => $"{File}: {Message}",
        _ => $"{File}:{Line}:{Column}: {Message}",
    };
}
