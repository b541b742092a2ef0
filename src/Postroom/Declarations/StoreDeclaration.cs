namespace Postroom.Declarations;

/// <summary>
/// Where entries and files are kept. Read by the server program; a host says <c>UseSqlite</c> or <c>UsePostgres</c>,
/// and <c>UseS3</c>.
/// </summary>
public sealed record StoreDeclaration
{
    /// <summary>The connection string of a PostgreSQL database; null for SQLite inside the data folder.</summary>
    public string? Postgres { get; init; }

    /// <summary>True where every node that shares the store sees the same data folder.</summary>
    public bool SharesFiles { get; init; }

    /// <summary>The bucket that keeps the files; null for the data folder.</summary>
    public BucketDeclaration? Bucket { get; init; }

    /// <summary>Without the connection string: declarations are printed and logged.</summary>
    public override string ToString() => Postgres is null ? "sqlite" : "postgres";
}
