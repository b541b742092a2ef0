using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Tests.Inbox;

/// <summary>One job follows from every entry, unless the document says that the endpoint's code objects.</summary>
internal sealed class OneJob(IPostStore store) : IEntryReleases
{
    public async ValueTask<ReleaseOutcome> ReleaseAsync(Entry entry, bool hasFollowed)
    {
        if (entry.Document.Span.IndexOf("objectionable"u8) >= 0)
        {
            return new(null, new Fault(FaultCatalogue.ValidationFailed, "The room is <full>."));
        }

        return new(await store.CommitAsync(new PostUnit
        {
            Guards = [new EntryInState(entry.Id, EntryState.Held, entry.Reason)],
            Writes =
            [
                new SetEntryState(entry.Id, EntryState.Stored, null),
                .. hasFollowed ? [] : new Write[] { new InsertJob(entry.Id, "afterwards:" + entry.Endpoint, 0) },
            ],
        }));
    }

    public ValueTask<SecondRunVerdict> RunAgainAsync(Entry entry) => new(SecondRunVerdict.Refused);
}
