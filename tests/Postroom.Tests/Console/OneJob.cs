using Postroom.Storage;

namespace Postroom.Tests.Inbox;

/// <summary>One job follows from every entry.</summary>
internal sealed class OneJob : IEntryReleases
{
    public IReadOnlyList<Write> FollowUps(Entry entry) => [new InsertJob(entry.Id, "afterwards:" + entry.Endpoint, 0)];

    public ValueTask<SecondRunVerdict> RunAgainAsync(Entry entry) => new(SecondRunVerdict.Refused);

    public IReadOnlyList<ClaimValue> Claims(Entry entry) => [];
}
