using Postroom.Storage;

namespace Postroom.Sqlite.Erasing;

/// <summary>
/// Carries out an order. Every step can be repeated: one that was cut off is simply done again from its beginning.
/// </summary>
/// <param name="posts">The store.</param>
/// <param name="files">Where the bytes of files are.</param>
/// <param name="eraseTraces">Erases the traces of entries.</param>
/// <param name="time">Paces the waits for readers that keep the log.</param>
internal sealed class Erasure(
    SqlitePostStore posts, IFileStore files, Action<IReadOnlyList<EntryId>> eraseTraces, TimeProvider time)
{
    /// <summary>Entries a commit; POSTs pass between two of them.</summary>
    private const int Slice = 200;

    private const int LogTriesMax = 20;
    private static readonly TimeSpan s_logPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Erases what the order names.</summary>
    /// <returns>Null when the store did not take a part of it: the order has to be carried out again.</returns>
    public async Task<EraseReceipt?> RunAsync(
        EraseOrder order, Action<EraseProgress> progress, CancellationToken cancel)
    {
        var entries = Ids(order.Entries);
        var left = new HashSet<EntryId>(Ids(order.Files));
        var erased = 0L;
        progress(new EraseProgress(0, entries.Count));
        for (var done = 0; done < entries.Count; done += Slice)
        {
            cancel.ThrowIfCancellationRequested();
            if (await posts.EraseAsync([.. entries.Skip(done).Take(Slice)]) is not { } tally)
            {
                return null;
            }

            erased += tally.Entries;
            left.UnionWith(tally.Files);
            progress(new EraseProgress(Math.Min(done + Slice, entries.Count), entries.Count));
        }

        await RemoveAsync(left);
        eraseTraces(entries);
        return new EraseReceipt(erased, left.Count, await EmptyLogAsync(cancel));
    }

    private async Task RemoveAsync(HashSet<EntryId> left)
    {
        left.RemoveWhere(IsNamed);
        foreach (var file in left)
        {
            await files.DeleteAsync(file);
        }
    }

    private bool IsNamed(EntryId file)
    {
        using var reader = posts.Read();
        return reader.HasFile(file);
    }

    /// <summary>A reader that looks at an older moment keeps the log; most are gone at once.</summary>
    private async Task<bool> EmptyLogAsync(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await posts.EmptyLogAsync())
            {
                return true;
            }

            if (attempt == LogTriesMax)
            {
                return false;
            }

            await Task.Delay(s_logPause, time, cancel);
        }
    }

    private static List<EntryId> Ids(IReadOnlyList<string> texts) =>
    [
        .. texts.Select(text => EntryId.TryParse(text, out var id) ? id : default).Where(id => !id.IsEmpty),
    ];
}
