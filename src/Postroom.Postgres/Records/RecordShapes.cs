using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>
/// The tables of records as this node knows them. Another node may change one at any time: each transaction that writes
/// compares the generation.
/// </summary>
internal sealed class RecordShapes(Database database)
{
    private readonly ConditionalWeakTable<RecordTable, ShapeView> _views = [];
    private readonly ConcurrentDictionary<string, RecordTable> _declared = new(StringComparer.Ordinal);
    private ImmutableDictionary<string, RecordShape> _shapes = ImmutableDictionary<string, RecordShape>.Empty;

    /// <summary>All tables, by the path of their resource.</summary>
    public ImmutableDictionary<string, RecordShape> All => Volatile.Read(ref _shapes);

    /// <summary>The table as it is.</summary>
    /// <exception cref="InvalidOperationException">It was not prepared: a bug of the caller.</exception>
    public RecordShape Of(RecordTable table) => All.GetValueOrDefault(table.Endpoint)
        ?? throw new InvalidOperationException($"The table of {table.Endpoint} was not prepared.");

    /// <summary>The table as this node declares it.</summary>
    public RecordTable Declared(RecordShape shape) => _declared.GetValueOrDefault(shape.Endpoint) ?? shape.Declared;

    /// <summary>The table as it is, as one who knows it so sees it.</summary>
    public ShapeView View(RecordShape shape, RecordTable table)
    {
        if (_views.TryGetValue(table, out var view) && ReferenceEquals(view.Shape, shape))
        {
            return view;
        }

        view = new ShapeView(shape, table);
        _views.AddOrUpdate(table, view);
        return view;
    }

    /// <summary>Says what this node declares from now on.</summary>
    public void Declare(RecordTable table) => _declared[table.Endpoint] = table;

    /// <summary>Reads what the database has now.</summary>
    public async Task ReloadAsync(CancellationToken cancel)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        var shapes = await RecordCatalogue.ReadAsync(database, connection, cancel);
        Volatile.Write(ref _shapes, shapes.ToImmutableDictionary(shape => shape.Endpoint, StringComparer.Ordinal));
    }
}
