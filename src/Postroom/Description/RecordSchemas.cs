using System.Text.Json.Nodes;
using Postroom.Plans;
using Postroom.Plans.Resources;

namespace Postroom.Description;

/// <summary>
/// The schemas of a resource beside what is sent to create a record: the record as it is read, a page of records, and
/// a merge patch of one.
/// </summary>
internal sealed class RecordSchemas
{
    /// <summary>What would speak of the members that we add as well.</summary>
    private static readonly string[] s_ofTheWhole =
        ["maxProperties", "minProperties", "propertyNames", "default", "examples"];

    private readonly ApiSchemas _schemas;
    private readonly EndpointPlan _plan;
    private readonly string _name;
    private readonly JsonObject _declared;

    public RecordSchemas(ApiSchemas schemas, EndpointPlan plan)
    {
        _schemas = schemas;
        _plan = plan;
        Document = schemas.Document(plan);
        _name = ((string)Document["$ref"]!).Split('/')[^1];
        _declared = schemas.All[_name] as JsonObject ?? [];
    }

    /// <summary>What creates a record.</summary>
    public JsonObject Document { get; }

    /// <summary>A record as it is read.</summary>
    public JsonObject Record() => _schemas.Shared(_name + "Record", MakeRecord);

    /// <summary>A page of records.</summary>
    public JsonObject Page()
    {
        var record = Record();
        return _schemas.Shared(_name + "Page", () => new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("items", "next"),
            ["properties"] = new JsonObject
            {
                ["items"] = new JsonObject { ["type"] = "array", ["items"] = record },
                ["next"] = new JsonObject
                {
                    ["type"] = new JsonArray("string", "null"),
                    ["description"] = "The `cursor` of the next page; null on the last one.",
                },
            },
        });
    }

    /// <summary>RFC 7396: the fields that change; null removes one.</summary>
    public JsonObject Patch() => _schemas.Shared(_name + "Patch", MakePatch);

    private JsonObject MakeRecord()
    {
        var record = _declared.DeepClone().AsObject();
        foreach (var keyword in s_ofTheWhole)
        {
            record.Remove(keyword);
        }

        var hidden = _plan.Resource!.Shape.Hidden;
        var properties = Kept();
        foreach (var (name, field) in Properties().Where(field => !hidden.Contains(field.Key)))
        {
            properties[name] = field?.DeepClone();
        }

        var required = Required().Where(name => !hidden.Contains(name));
        record["type"] = "object";
        record["required"] = new JsonArray(
            [.. RequiredOfKept().Concat(required).Distinct().Select(name => (JsonNode?)name)]);
        record["properties"] = properties;
        return record;
    }

    private JsonObject MakePatch()
    {
        var properties = new JsonObject();
        foreach (var (name, field) in Properties().Where(field => !_plan.Resource!.Shape.IsReadOnly(field.Key)))
        {
            properties[name] = Required().Contains(name)
                ? field?.DeepClone()
                : new JsonObject
                {
                    ["anyOf"] = new JsonArray(field?.DeepClone(), new JsonObject { ["type"] = "null" }),
                };
        }

        return new JsonObject
        {
            ["description"] = "The fields that change (RFC 7396); null removes one.",
            ["type"] = "object",
            ["properties"] = properties,
        };
    }

    private JsonObject Properties() => _declared["properties"] as JsonObject ?? [];

    private IEnumerable<string> Required() => (_declared["required"] as JsonArray ?? []).Select(name => (string)name!);

    private static IEnumerable<string> RequiredOfKept() =>
    [
        RecordMembers.Id, RecordMembers.Created, RecordMembers.Updated, RecordMembers.Version, RecordMembers.Owner,
    ];

    private JsonObject Kept()
    {
        var kept = new JsonObject
        {
            [RecordMembers.Id] = Text("uuid", "Its address is the resource's, followed by this."),
            [RecordMembers.Created] = Text("date-time", "When it was created."),
            [RecordMembers.Updated] = Text("date-time", "When it was changed last."),
            [RecordMembers.Version] = new JsonObject
            {
                ["type"] = "integer",
                ["minimum"] = 1,
                ["readOnly"] = true,
                ["description"] = "One more with each change.",
            },
            [RecordMembers.Owner] = new JsonObject
            {
                ["type"] = new JsonArray("string", "null"),
                ["readOnly"] = true,
                ["description"] = "Who created it; null for somebody who was not signed in.",
            },
        };
        if (_plan.Resource!.Hold is not null)
        {
            kept[RecordMembers.HeldUntil] = Text("date-time", "Until when it counts without being confirmed.");
        }

        if (_plan.Resource.References.Count > 0)
        {
            kept[RecordMembers.Expand] = new JsonObject
            {
                ["type"] = "object",
                ["readOnly"] = true,
                ["description"] = "The records that were asked for with `expand`; null for one that is not to be seen.",
                ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("object", "null") },
            };
        }

        return kept;
    }

    private static JsonObject Text(string format, string description) => new()
    {
        ["type"] = "string",
        ["format"] = format,
        ["readOnly"] = true,
        ["description"] = description,
    };
}
