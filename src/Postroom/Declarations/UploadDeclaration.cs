namespace Postroom.Declarations;

/// <summary>What an endpoint for uploads says beyond other endpoints.</summary>
public sealed record UploadDeclaration
{
    /// <summary>
    /// Who may download a file: <c>public</c> (whoever has its address, which nobody guesses), <c>authenticated</c>,
    /// <c>owner</c>, <c>role:x</c> or <c>scope:y</c>. Null for <c>public</c> where anybody may upload, else
    /// <c>owner</c>. A signed link is enough in any case.
    /// </summary>
    public string? Read { get; init; }

    /// <summary>
    /// Who may delete a file that is finished, in the same words; null for <c>owner</c>. An open upload is cancelled by
    /// whoever may go on with it.
    /// </summary>
    public string? Delete { get; init; }
}
