using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>Removes uploads that took longer than they may, and the last trace of those that were cancelled.</summary>
internal sealed class UploadSweep(IPostStore store, IFileStore files, TimeProvider time)
{
    private const int Slice = 200;

    /// <summary>For so long its sender is still told that an upload has ended, and not that there is none.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromHours(1);

    /// <summary>Tells how many uploads went.</summary>
    public async ValueTask<int> RunAsync(CancellationToken stop)
    {
        var swept = 0;
        while (!stop.IsCancellationRequested)
        {
            var ended = List();
            foreach (var upload in ended)
            {
                swept += await RemoveAsync(upload) ? 1 : 0;
            }

            if (ended.Count < Slice)
            {
                break;
            }
        }

        return swept;
    }

    private IReadOnlyList<Upload> List()
    {
        using var reader = store.Read();
        return reader.ListExpiredUploads((time.GetUtcNow() - s_grace).ToUnixTimeMilliseconds(), Slice);
    }

    private async ValueTask<bool> RemoveAsync(Upload upload)
    {
        // Only as it was seen: a request that ends it at this moment wins.
        var outcome = await store.CommitAsync(new PostUnit
        {
            Guards = upload.State == UploadState.Open ? [new UploadHeld(upload.Id, upload.Fence)] : [],
            Writes = [new DeleteUpload(upload.Id)],
        });
        if (outcome.Verdict != UnitVerdict.Committed)
        {
            return false;
        }

        await files.DeleteAsync(upload.Id);
        return true;
    }
}
