namespace Postroom.Storage.Copying;

/// <summary>What is copied: one moment of a store at rest.</summary>
internal interface ICopySource : ICopyStore
{
    /// <summary>The secret of the store, by which it is known again.</summary>
    ReadOnlyMemory<byte> Secret { get; }

    /// <summary>Tables that are a program's own, of which the copy knows nothing.</summary>
    IReadOnlyList<string> Others();
}
