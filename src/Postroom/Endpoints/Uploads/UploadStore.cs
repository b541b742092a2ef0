using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>The rows of uploads: who may touch them, and how they move.</summary>
internal sealed class UploadStore(IPostStore store, IFileStore files, UploadHashes hashes)
{
    private const int TriesMax = 5;

    public Upload? Find(EntryId id)
    {
        using var reader = store.Read();
        return reader.FindUpload(id);
    }

    /// <summary>
    /// The upload, where this caller may go on with it. One of somebody else is not there for him; who began one
    /// without signing in is known by its address alone, which nobody guesses.
    /// </summary>
    public Upload? FindOwn(EndpointPlan plan, Caller caller, EntryId id) =>
        Find(id) is { } upload && upload.Endpoint == plan.Path
            && (IsAnonymous(upload) || upload.Caller == NameOf(caller)) ? upload : null;

    public string NameOf(Caller caller) => UploadCaller.NameOf(caller, store.Secret.Span);

    /// <summary>Why nothing can be added to it any more; null while something can.</summary>
    public static Fault? JudgeOpen(EndpointPlan plan, Upload upload, long now) => upload.State switch
    {
        UploadState.Cancelled => UploadFaults.Gone,
        UploadState.Open when upload.ExpiresAt <= now => UploadFaults.Expired(plan.Declaration.Limits.UploadAge),
        _ => null,
    };

    /// <summary>
    /// Shuts every other request out, on other nodes too: the upload with the fence of this one, or null when newer
    /// ones were faster each time.
    /// </summary>
    /// <param name="upload">As it was read.</param>
    /// <param name="isAlone">Whether no request of this process writes it any more.</param>
    /// <param name="holds">Whether bytes are to be written now.</param>
    public async ValueTask<(Upload? Upload, Fault? Fault)> TakeAsync(Upload upload, bool isAlone, bool holds)
    {
        for (var attempt = 0; attempt < TriesMax; attempt++)
        {
            var mayBeWritten = !isAlone || (store.IsShared && upload.IsHeld);
            if (!mayBeWritten && !store.IsShared)
            {
                return (upload, null);
            }

            if (!mayBeWritten && !holds)
            {
                return (upload, null);
            }

            var file = mayBeWritten ? files.TakeOver(upload.File) : upload.File;
            var taken = upload with { Fence = upload.Fence + 1, IsHeld = holds, FileState = file.State };
            var outcome = await CommitAsync(null, upload, taken);
            if (outcome.Verdict != UnitVerdict.Refused)
            {
                return outcome.Verdict == UnitVerdict.Committed ? (taken, null) : (null, StoreFault.From(outcome));
            }

            if (Find(upload.Id) is not { State: UploadState.Open } now)
            {
                return (null, UploadFaults.Gone);
            }

            upload = now;
        }

        return (null, UploadFaults.Interrupted);
    }

    /// <summary>
    /// Moves an upload that is held under its fence. Bytes that nobody announced need room in the quotas.
    /// </summary>
    /// <param name="plan">The endpoint; null where nothing is added.</param>
    /// <param name="held">As its row stands.</param>
    /// <param name="next">As it is to stand.</param>
    public ValueTask<UnitOutcome> CommitAsync(EndpointPlan? plan, Upload held, Upload next)
    {
        var more = next.Bytes - held.Bytes;
        return store.CommitAsync(new PostUnit
        {
            Guards =
            [
                new UploadHeld(held.Id, held.Fence),
                .. plan is null || more <= 0 ? [] : UploadRooms.Of(plan, held.Caller, more, opens: false),
            ],
            Writes = [new SetUpload(next)],
        });
    }

    /// <summary>Ends an upload without a file, with the answer that its sender gets from now on.</summary>
    public async ValueTask<Fault?> CancelAsync(Upload upload, StoredAnswer? answer)
    {
        var outcome = await CommitAsync(null, upload, upload with
        {
            State = UploadState.Cancelled,
            IsHeld = false,
            FileState = default,
            Answer = answer,
        });
        if (outcome.Verdict != UnitVerdict.Committed)
        {
            return outcome.Verdict == UnitVerdict.Refused ? UploadFaults.Interrupted : StoreFault.From(outcome);
        }

        hashes.Forget(upload.Id);
        await files.DeleteAsync(upload.Id);
        return null;
    }

    private static bool IsAnonymous(Upload upload) => upload.Caller.StartsWith("address:", StringComparison.Ordinal);
}
