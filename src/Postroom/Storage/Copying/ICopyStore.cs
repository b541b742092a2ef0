namespace Postroom.Storage.Copying;

/// <summary>A store on either side of a copy. Nobody else writes to it as long as it is open.</summary>
internal interface ICopyStore : IAsyncDisposable
{
    /// <summary>Where it is, for people: without anything secret.</summary>
    string Place { get; }

    /// <summary>About how many rows of a table there are, so that somebody who waits sees how far it is.</summary>
    /// <param name="table">The table.</param>
    /// <param name="scope">What of it.</param>
    long Count(CopyTable table, CopyScope scope);

    /// <summary>Begins to read a table; one is read at a time.</summary>
    /// <param name="table">The table.</param>
    /// <param name="after">Read what comes after these values of its keys; empty from the start.</param>
    /// <param name="scope">What of it.</param>
    ICopyRows Read(CopyTable table, ReadOnlySpan<byte> after, CopyScope scope);
}
