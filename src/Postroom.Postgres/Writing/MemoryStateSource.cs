using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Postgres.Writing;

/// <summary>Gathers what was read into a state of the oracle.</summary>
internal sealed class MemoryStateSource
{
    public MemoryState State { get; private set; } = MemoryState.Empty with { LastJob = BatchFacts.LastJob };

    // Several keys, and a guard besides, may lead to one entry.
    public void Add(Entry entry) => State = State.With(entry);

    public void Add(MemoryJob job) => State = State with { Jobs = State.Jobs.SetItem(job.Job.Number, job) };

    public void Add(ValueFree value, EntryId entry) =>
        State = State with { Claims = State.Claims.SetItem(value, entry) };

    public void Add(CountEntry count, long counted) =>
        State = State with { Counts = State.Counts.SetItem(count, counted) };

    public void Add(Upload upload) =>
        State = State with { Uploads = State.Uploads.SetItem(upload.Id, upload) };

    public void Add(string endpoint, string caller, UploadUsage usage) =>
        State = State with { Usage = State.Usage.SetItem((endpoint, caller), usage) };

    public void AddKey(KeyHash key, long row) => State = State with { Keys = State.Keys.SetItem(key, row) };

    public void AddToken(KeyHash token, long expiresAt) =>
        State = State with { Tokens = State.Tokens.SetItem(token, expiresAt) };
}
