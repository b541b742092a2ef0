using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads what only a resource has, and names what is not for this kind of endpoint.</summary>
internal static class ResourceReader
{
    private static readonly string[] s_ofResources = 
    [
        "indexes", "upsert", "require", "changes", "search", "capacity", "overlap", "hold",
    ];

    private static readonly string[] s_ofForms =
        ["respond", "redirect", "compatible", "files", "spam", "quota", "person"];

    public static ResourceDeclaration Read(LoadScope scope, SourceMapping endpoint, SchemaSource? schema)
    {
        Refuse(scope, endpoint, s_ofForms, "a form");
        if (schema is null && endpoint.Find("schema") is null)
        {
            scope.Fault(endpoint, "A resource has a `schema`, which says what its records are.");
        }

        return new()
        {
            Access = Access(scope, endpoint),
            Indexes = Indexes(scope, endpoint, schema),
            Upsert = endpoint.Mapping("upsert")?.Find("on")?.Value is { } on ? Pointers(scope, on, schema) : null,
            RequiresIfMatch = endpoint.Text("require") is not null,
            HasChanges = endpoint.Flag("changes") ?? false,
            Search = endpoint.Find("search")?.Value is SourceSequence search ? Pointers(scope, search, schema) : [],
            Capacities = BookingReader.Capacities(scope, endpoint, schema),
            Overlaps = BookingReader.Overlaps(scope, endpoint, schema),
            Hold = BookingReader.Hold(scope, endpoint),
        };
    }

    /// <summary>Keys and rules that a form would ignore.</summary>
    public static void RefuseIn(LoadScope scope, SourceMapping form, bool isUpload)
    {
        Refuse(scope, form, s_ofResources, "a resource");
        if (form.Mapping("access") is { } access)
        {
            Refuse(
                scope, access, isUpload ? ["list", "update"] : ["read", "list", "update", "delete"], "a resource");
        }
    }

    private static void Refuse(LoadScope scope, SourceMapping mapping, IEnumerable<string> keys, string kind)
    {
        foreach (var key in keys)
        {
            if (mapping.Find(key) is { } entry)
            {
                scope.Fault(entry.KeyPlace, $"`{key}` is for {kind}. Remove it.");
            }
        }
    }

    /// <summary>One rule is for every action; a mapping has a rule for each, and what it lacks is nobody's.</summary>
    private static AccessDeclaration Access(LoadScope scope, SourceMapping endpoint)
    {
        if (endpoint.Text("access") is { } all)
        {
            return AccessDeclaration.All(Judge(scope, all, knowsOwner: false));
        }

        if (endpoint.Mapping("access") is not { Entries.Count: > 0 } rules)
        {
            scope.Fault(endpoint, "A resource says who may do what: write `access: {create: public, read: public}`, "
                + "or one rule for everything. An action without a rule is nobody's.");
            return new();
        }

        string? Rule(string action) => rules.Text(action) is { } rule
            ? Judge(scope, rule, knowsOwner: action != "create")
            : null;
        return new()
        {
            Create = Rule("create"),
            Read = Rule("read"),
            List = Rule("list"),
            Update = Rule("update"),
            Delete = Rule("delete"),
        };
    }

    private static string Judge(LoadScope scope, SourceScalar rule, bool knowsOwner)
    {
        if (AccessRule.Fault(rule.Text, scope.Context.IdentityAvailable, ofRecords: true, knowsOwner) is { } fault)
        {
            scope.Fault(rule, fault);
        }

        return rule.Text;
    }

    private static IReadOnlyList<IReadOnlyList<string>> Indexes(
        LoadScope scope, SourceMapping endpoint, SchemaSource? schema) =>
        endpoint.Find("indexes")?.Value is SourceSequence indexes
            ? [.. indexes.Items.Select(index => Pointers(scope, index, schema)).Where(index => index.Count > 0)]
            : [];

    public static IReadOnlyList<string> Pointers(LoadScope scope, SourceNode node, SchemaSource? schema)
    {
        var names = node is SourceSequence list ? list.Items : [node];
        return
        [
            .. from name in names.OfType<SourceScalar>()
               where name.Kind == ScalarKind.String
               select FieldReader.Pointer(scope, name, schema),
        ];
    }
}
