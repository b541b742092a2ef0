namespace Postroom.Storage;

/// <summary>
/// Opens a store of files when the host starts, in the place of the one beside the entries; a package that brings one
/// registers it.
/// </summary>
public interface IFileStoreFactory
{
    /// <summary>Opens the store, or throws an exception whose message tells the operator what to do.</summary>
    /// <param name="cancel">Ends the start.</param>
    ValueTask<IFileStore> OpenAsync(CancellationToken cancel);
}
