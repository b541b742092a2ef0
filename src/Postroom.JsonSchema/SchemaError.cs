namespace Postroom.JsonSchema;

/// <summary>One reason why a schema text was refused.</summary>
/// <param name="Pointer">RFC 6901 pointer into the schema text; "" is the whole schema.</param>
/// <param name="Line">Line in the schema text, from 1.</param>
/// <param name="Column">Column in code points, from 1.</param>
/// <param name="Message">The reason in plain words, with "did you mean …" for a misspelt keyword.</param>
public sealed record SchemaError(string Pointer, int Line, int Column, string Message)
{
    /// <summary>The error on one line: <c>3:14 /properties/age: …</c>.</summary>
    public override string ToString() => $"{Line}:{Column} {(Pointer.Length == 0 ? "(root)" : Pointer)}: {Message}";
}
