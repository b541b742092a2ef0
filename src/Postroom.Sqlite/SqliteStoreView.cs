using Postroom.Sqlite.Copying;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Reading;
using Postroom.Sqlite.Records;
using Postroom.Sqlite.Schema;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite;

/// <summary>
/// A store that is only read, by another command beside a running server or without one. It writes nothing, makes no
/// file and never checkpoints.
/// </summary>
public sealed class SqliteStoreView : IDisposable
{
    private readonly StoreSource _source;
    private readonly ReaderPool _readers;

    private SqliteStoreView(
        StoreSource source, ReaderPool readers, byte[] secret, IReadOnlyList<RecordTable> tables)
    {
        Tables = tables;
        _source = source;
        _readers = readers;
        Secret = secret;
    }

    /// <summary>The store's secret, for commands that sign as the server does.</summary>
    public ReadOnlyMemory<byte> Secret { get; }

    /// <summary>The tables of records that there are, as they were declared last.</summary>
    public IReadOnlyList<RecordTable> Tables { get; }

    /// <summary>Opens a view of the present moment.</summary>
    public IStoreReader Read() => _readers.Read();

    /// <inheritdoc/>
    public void Dispose()
    {
        _readers.Dispose();
        _source.Dispose();
    }

    internal static SqliteStoreView Open(string folder, TimeProvider time)
    {
        var source = StoreSource.Open(folder);
        var steps = new SqliteStoreOptions { Folder = source.Folder }.StatementStepsMax;
        var shapes = new Dictionary<string, RecordShape>(StringComparer.Ordinal);
        var readers = new ReaderPool(source.Connect, endpoint => shapes.GetValueOrDefault(endpoint), time, steps);
        try
        {
            var secret = CheckAndReadSecret(source, shapes);
            return new SqliteStoreView(source, readers, secret, [.. shapes.Values.Select(shape => shape.Declared)]);
        }
        catch (Exception failure)
        {
            readers.Dispose();
            source.Dispose();
            if (failure is SqliteException)
            {
                throw new StoreStartException(
                    $"The database {source.Database} cannot be read: {failure.Message}", failure);
            }

            throw;
        }
    }

    private static byte[] CheckAndReadSecret(StoreSource source, Dictionary<string, RecordShape> shapes)
    {
        using var connection = source.Connect();
        if (SchemaMigrator.Check(connection, Migrations.All) < Migrations.All.Count)
        {
            throw new StoreStartException(
                "The database is of an older Postroom. Start the server once: it brings the database to this version.");
        }

        CopyMark.RefuseUnfinished(connection, source.Folder);
        foreach (var shape in RecordCatalogue.Read(connection))
        {
            shapes.Add(shape.Endpoint, shape);
        }

        using var read = connection.Prepare(StoreSecret.Query);
        return read.Step() ? read.Bytes(0).ToArray() : throw new StoreStartException("The database holds no secret.");
    }
}
