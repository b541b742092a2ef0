namespace Postroom.Plans;

/// <summary>The user's code inside the commit, whatever type its document is read into.</summary>
internal interface IPostHandler
{
    ValueTask RunAsync(IPostUnit unit, CancellationToken cancel);
}
