namespace Postroom.Server.Tests.Docs;

/// <summary>A code block of a page.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">Where the block begins, from 1.</param>
/// <param name="Language">What its fence says; empty when it says nothing.</param>
/// <param name="Text">What stands in it.</param>
public sealed record DocumentedBlock(string Page, int Line, string Language, string Text)
{
    public override string ToString() => $"{Page}:{Line}";
}
