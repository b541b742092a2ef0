namespace Postroom.Plans;

/// <summary>The user's code after the commit, whatever type its document is read into.</summary>
internal interface IPostFollowUp
{
    ValueTask RunAsync(ReadOnlyMemory<byte> document, IPostJob job, CancellationToken cancel);
}
