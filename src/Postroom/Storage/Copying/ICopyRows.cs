namespace Postroom.Storage.Copying;

/// <summary>The rows of one table on their way out, in the order of their keys.</summary>
internal interface ICopyRows : IDisposable
{
    /// <summary>Fills a slice, which was cleared, with the next rows. False when there are none.</summary>
    bool Read(CopySlice slice);
}
