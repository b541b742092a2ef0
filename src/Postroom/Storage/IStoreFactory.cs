namespace Postroom.Storage;

/// <summary>Opens a store when the host starts; a package that brings an engine registers one.</summary>
public interface IStoreFactory
{
    /// <summary>Opens the store, or throws an exception whose message tells the operator what to do.</summary>
    /// <param name="settings">Where it lies and what may wait for it.</param>
    /// <param name="cancel">Ends the start.</param>
    ValueTask<OpenedStore> OpenAsync(StoreSettings settings, CancellationToken cancel);
}
