namespace Postroom.Crash.Tests.States;

internal static class DiskImageAssert
{
    /// <summary>Same files with the same bytes, but for SQLite's index of the WAL, which no state holds.</summary>
    public static void Same(DiskImage left, DiskImage rebuilt)
    {
        var names = left.Files.Keys.Where(name => !name.EndsWith("-shm", StringComparison.Ordinal));
        Assert.Equal(names, rebuilt.Files.Keys);
        Assert.Equal(left.Folders, rebuilt.Folders);
        foreach (var (name, content) in rebuilt.Files)
        {
            Assert.True(content.Span.SequenceEqual(left.Files[name].Span), name);
        }
    }
}
