namespace Postroom.Declarations;

/// <summary>
/// Folders watched through the file system; those that it cannot watch are looked at every two seconds.
/// </summary>
internal sealed class FileSystemFolderWatch(TimeProvider time) : IFolderWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public IDisposable Watch(IReadOnlyCollection<string> folders, Action touched)
    {
        var watches = folders.Select(folder => Watched(folder, touched)).ToList();
        var polled = watches.Contains(null);
        return new Subscriptions(
        [
            .. watches.OfType<IDisposable>(),
            .. polled ? [time.CreateTimer(_ => touched(), null, Interval, Interval)] : Array.Empty<IDisposable>(),
        ]);
    }

    /// <summary>Null for a folder that is missing, and where the system has no watch left to give.</summary>
    private static FileSystemWatcher? Watched(string folder, Action touched)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder);
            watcher.Changed += (_, _) => touched();
            watcher.Created += (_, _) => touched();
            watcher.Deleted += (_, _) => touched();
            watcher.Renamed += (_, _) => touched();
            watcher.Error += (_, _) => touched();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            watcher?.Dispose();
            return null;
        }
    }

    private sealed class Subscriptions(IReadOnlyList<IDisposable> all) : IDisposable
    {
        public void Dispose()
        {
            foreach (var each in all)
            {
                each.Dispose();
            }
        }
    }
}
