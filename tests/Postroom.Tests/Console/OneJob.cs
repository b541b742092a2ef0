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

    /// <summary>What came since the first; one by one.</summary>
    public long Times { get; set; } = 1;

    /// <summary>What becomes of entries that run again, in turn; then they are refused.</summary>
    public Queue<SecondRunVerdict> Verdicts { get; } = new();

    /// <summary>Which entries ran again.</summary>
    public List<EntryId> Ran { get; } = [];

    public long TimesCame(Entry entry) => Times;

    public ValueTask<SecondRunVerdict> RunAgainAsync(Entry entry)
    {
        Ran.Add(entry.Id);
        return new(Verdicts.TryDequeue(out var verdict) ? verdict : SecondRunVerdict.Refused);
    }
}
