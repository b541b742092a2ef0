using Postroom.Declarations;
using Postroom.JsonSchema;
using Postroom.Storage.Records;

namespace Postroom.Plans.Resources;

/// <summary>Turns what is declared of a resource, and its schema, into what a plan has of it.</summary>
internal sealed class ResourceCompiler
{
    private const int IndexesMax = 20;
    private readonly EndpointDeclaration _endpoint;
    private readonly SchemaView _schema;
    private readonly List<DeclarationFault> _faults;
    private readonly RecordColumns _columns;
    private readonly List<RecordIndex> _indexes = [];

    private ResourceCompiler(EndpointDeclaration endpoint, SchemaView schema, List<DeclarationFault> faults)
    {
        _endpoint = endpoint;
        _schema = schema;
        _faults = faults;
        _columns = new RecordColumns(schema);
    }

    /// <summary>Null with faults that keep it from being a resource.</summary>
    public static ResourcePlan? Compile(
        EndpointDeclaration endpoint, CompiledSchema schema, List<DeclarationFault> faults)
    {
        var before = faults.Count;
        var access = AccessRules.Of(endpoint.Path, endpoint.Resource.Access, faults);
        var resource = new ResourceCompiler(endpoint, schema.Root, faults).Compile(access);
        return faults.Count == before ? resource : null;
    }

    private ResourcePlan Compile(AccessRules access)
    {
        JudgeSchema();
        JudgeReserved();
        JudgeKeys();
        UniqueIndex[] uniques = [.. _endpoint.Unique.Select(Unique).OfType<UniqueIndex>()];
        var references = ReferenceReader.Read(_schema, _columns, Fault);
        foreach (var reference in references)
        {
            AddIndex([reference.Column], isUnique: false);
        }

        Indexes();
        var bookings = new BookingReader(_schema, _columns, references, Fault);
        var capacities = bookings.Capacities(_endpoint.Resource.Capacities);
        var overlaps = bookings.Overlaps(_endpoint.Resource.Overlaps);
        var search = Search();
        _columns.AddShort();
        if (_columns.All.Count > RecordColumns.Max)
        {
            Fault($"unique, indexes, search, x-ref, capacity and overlap name {_columns.All.Count} fields; at most "
                + $"{RecordColumns.Max} can be columns.");
        }

        var shape = new RecordShape(_schema);
        return new ResourcePlan
        {
            Table = new RecordTable
            {
                Endpoint = _endpoint.Path,
                Name = ColumnNames.OfTable(_endpoint.Path),
                Columns = _columns.All,
                Indexes = _indexes,
                Capacities = [.. capacities.Select(capacity => capacity.Rule)],
                Overlaps = [.. overlaps.Select(overlap => overlap.Rule)],
                Search = search,
                HasChanges = _endpoint.Resource.HasChanges,
            },
            Access = access,
            Shape = shape,
            Queries = new QueryFields(_schema, _columns.All, shape.Hidden),
            Uniques = uniques,
            Upsert = Upsert(uniques),
            References = references,
            RequiresIfMatch = _endpoint.Resource.RequiresIfMatch,
            Capacities = capacities,
            Overlaps = overlaps,
            Hold = _endpoint.Resource.Hold,
        };
    }

    private void JudgeSchema()
    {
        if (_endpoint.Schema is null)
        {
            Fault("schema: a resource has a schema, which says what its records are.");
        }
        else if (_schema.Types != SchemaTypes.Object)
        {
            Fault("schema: a record is an object. Write `type: object`.");
        }
    }

    private void JudgeReserved()
    {
        foreach (var name in _schema.Properties.Select(property => property.Name).Where(RecordMembers.All.Contains))
        {
            Fault($"schema: `{name}` is kept by Postroom for every record and cannot be a field. Give the field "
                + "another name.");
        }

        foreach (var (pointer, _) in SchemaPlaces.Below(_schema).Where(place => place.View.IsReadOnly))
        {
            Fault($"schema: {pointer} is readOnly inside another field. Only fields of the record itself can be.");
        }
    }

    /// <summary>What only a form has is refused, since here it would do nothing.</summary>
    private void JudgeKeys()
    {
        var defaults = new EndpointDeclaration { Path = _endpoint.Path, Kind = EndpointKind.Resource };
        Refuse("redirect", _endpoint.Redirect is not null);
        Refuse("compatible", _endpoint.Compatible is not null);
        Refuse("quota", _endpoint.Quota is not null);
        Refuse("respond", _endpoint.Respond != defaults.Respond);
        Refuse("files", _endpoint.Files.Types.Count > 0);
        Refuse("spam.proofOfWork", _endpoint.Spam.ProofOfWork is not null);
    }

    private void Refuse(string key, bool isDeclared)
    {
        if (isDeclared)
        {
            Fault($"{key}: a resource has no such thing; it is for forms. Remove it.");
        }
    }

    private UniqueIndex? Unique(UniqueDeclaration rule)
    {
        var columns = new List<RecordColumn>();
        foreach (var field in rule.Fields)
        {
            var path = RecordColumns.PathOf(field.Pointer);
            var ignoresCase = field.IgnoreCase ?? _columns.FieldAt(path)?.Format == "email";
            if (Column("unique", field.Pointer, ignoresCase) is { } column)
            {
                columns.Add(column);
            }
        }

        return columns.Count < rule.Fields.Count
            ? null
            : new UniqueIndex(AddIndex(columns, isUnique: true), [.. rule.Fields.Select(field => field.Pointer)]);
    }

    private void Indexes()
    {
        if (_endpoint.Resource.Indexes.Count > IndexesMax)
        {
            Fault($"indexes: there are {_endpoint.Resource.Indexes.Count}; at most {IndexesMax} can be.");
            return;
        }

        foreach (var pointers in _endpoint.Resource.Indexes)
        {
            var columns = pointers.Select(pointer => Column("indexes", pointer)).OfType<RecordColumn>().ToList();
            if (columns.Count == pointers.Count)
            {
                AddIndex(columns, isUnique: false);
            }
        }
    }

    private List<string> Search()
    {
        var names = new List<string>();
        foreach (var pointer in _endpoint.Resource.Search)
        {
            if (Column("search", pointer) is not { } column)
            {
                continue;
            }

            if (column.Type == RecordType.Text)
            {
                names.Add(column.Name);
            }
            else
            {
                Fault($"search: {pointer} is no text.");
            }
        }

        return names;
    }

    private UniqueIndex? Upsert(UniqueIndex[] uniques)
    {
        if (_endpoint.Resource.Upsert is not { } pointers)
        {
            return null;
        }

        var index = Array.Find(uniques, unique => unique.Pointers.SequenceEqual(pointers));
        if (index is null)
        {
            Fault($"upsert.on: {string.Join(", ", pointers)} must be unique together. Add it to `unique`.");
        }

        return index;
    }

    private RecordColumn? Column(string key, string pointer, bool ignoresCase = false)
    {
        var column = _columns.Add(RecordColumns.PathOf(pointer), ignoresCase);
        if (column is null)
        {
            Fault($"{key}: {pointer} is no field of the schema with one type that can be compared: string, integer, "
                + "number or boolean.");
        }

        return column;
    }

    private RecordIndex AddIndex(IReadOnlyList<RecordColumn> columns, bool isUnique)
    {
        string[] names = [.. columns.Select(column => column.Name)];
        var name = ColumnNames.OfIndex(names, isUnique);
        if (_indexes.Find(index => index.Name == name) is { } known)
        {
            return known;
        }

        var added = new RecordIndex(name, names, isUnique);
        _indexes.Add(added);
        return added;
    }

    private void Fault(string message) => _faults.Add(new DeclarationFault(_endpoint.Path, 0, 0, message));
}
