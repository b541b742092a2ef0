namespace Postroom.JsonSchema;

/// <summary>One reason why a schema text was refused.</summary>
/// <param name="Pointer">RFC 6901 pointer into the schema text; "" is the whole schema.</param>
/// <param name="Line">Line in the schema text, from 1.</param>
/// <param name="Column">Column in code points, from 1.</param>
/// <param name="Message">The reason in plain words, with "did you mean …" for a misspelt keyword.</param>
public sealed record SchemaError(string Pointer, int Line, int Column, string Message)
{
    /// <summary>The URI of the document in which it stands, when that is one that the compiled text refers to; "" for
    /// the compiled text itself.</summary>
    public string Document { get; init; } = "";

    /// <summary>The URI of the document that the reference leads to, when none of the sources has it; else null.
    /// </summary>
    public string? MissingDocument { get; init; }

    /// <summary>The error on one line: <c>3:14 /properties/age: …</c>, with the document before it when it is another.
    /// </summary>
    public override string ToString()
    {
        string document = Document.Length == 0 ? "" : Document + " ";
        return $"{document}{Line}:{Column} {(Pointer.Length == 0 ? "(root)" : Pointer)}: {Message}";
    }
}
