using System.Text;
using System.Text.Json;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>Reads the document of a change out of its entry, which says besides what was done to what.</summary>
internal sealed class RecordFollowUp(IPostFollowUp inner) : IPostFollowUp
{
    public ValueTask RunAsync(ReadOnlyMemory<byte> document, IPostJob job, CancellationToken cancel)
    {
        using var entry = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = 256 });
        var root = entry.RootElement;
        _ = EntryId.TryParse(root.GetProperty("record").GetString(), out var record);
        var action = root.GetProperty("action").ValueEquals("create") ? PostAction.Create : PostAction.Update;
        var changed = Encoding.UTF8.GetBytes(root.GetProperty("document").GetRawText());
        return inner.RunAsync(changed, new RecordJob(job, record, action), cancel);
    }

    private sealed class RecordJob(IPostJob job, EntryId record, PostAction action) : IPostJob
    {
        public EntryId Entry => job.Entry;

        public EntryId Record => record;

        public PostAction Action => action;

        public string Key => job.Key;

        public int Attempt => job.Attempt;

        public IReadOnlyList<IPostFile> Files => job.Files;

        public IServiceProvider Services => job.Services;
    }
}
