namespace Postroom.Sqlite;

/// <summary>
/// Is told when the store passes a named point, so that a crash test can die exactly there. Null costs nothing.
/// </summary>
internal interface IStoreProbe
{
    /// <summary>The store is at this point: one of <see cref="StorePoints"/>. On whatever thread is there.</summary>
    void Reached(string point);
}
