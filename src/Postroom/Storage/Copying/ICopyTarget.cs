namespace Postroom.Storage.Copying;

/// <summary>A store that becomes the copy.</summary>
internal interface ICopyTarget : ICopyStore
{
    /// <summary>How far the copy is that was begun here, or null.</summary>
    CopyProgress? Progress { get; }

    /// <summary>Whether there is a row of that table.</summary>
    bool HasRows(CopyTable table);

    /// <summary>Begins a copy in an empty store. From here on it is not served.</summary>
    /// <exception cref="CopyRefusedException">A server runs on it.</exception>
    void Begin(CopyProgress progress);

    /// <summary>Writes rows, and with them how far the copy is, in one transaction.</summary>
    /// <exception cref="CopyRefusedException">They cannot be written.</exception>
    void Write(CopyTable table, CopySlice slice, CopyProgress progress);

    /// <summary>Writes how far the copy is.</summary>
    void Write(CopyProgress progress);

    /// <summary>
    /// Makes what follows from the rows: keys, sums, the next number. Done twice, it changes nothing.
    /// </summary>
    /// <param name="scope">What of the tables belongs to the copy.</param>
    void Derive(CopyScope scope);
}
