namespace Postroom.Postgres;

/// <summary>Stands at the points where a test lets the connection fail.</summary>
internal interface IStoreFault
{
    /// <summary>A batch has claimed what it writes, and nothing of it is committed.</summary>
    /// <param name="backend">The process that serves the connection.</param>
    ValueTask BeforeCommitAsync(int backend);

    /// <summary>
    /// A batch has been committed, and nobody was told yet. What it throws is met as if the end was lost.
    /// </summary>
    /// <param name="backend">The process that serves the connection.</param>
    ValueTask AfterCommitAsync(int backend);
}
