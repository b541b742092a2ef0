namespace Postroom.Declarations;

/// <summary>Says that something in a folder may have changed. Too often is fine; too seldom is not.</summary>
internal interface IFolderWatch
{
    /// <summary>Watches until disposed.</summary>
    /// <param name="folders">Absolute paths; some may not exist.</param>
    /// <param name="touched">Called on any thread, also while the watch is being disposed.</param>
    IDisposable Watch(IReadOnlyCollection<string> folders, Action touched);
}
