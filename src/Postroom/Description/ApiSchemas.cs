using System.Text.Json.Nodes;
using Postroom.JsonSchema;
using Postroom.Plans;

namespace Postroom.Description;

/// <summary>The schemas of all operations, each once and under a name.</summary>
internal sealed class ApiSchemas
{
    private const string Prefix = "#/components/schemas/";

    private readonly SchemaBundle _bundle = new(Prefix);
    private readonly Dictionary<EndpointPlan, string> _names = [];

    /// <summary>By name, in the order in which they came.</summary>
    public JsonObject All => _bundle.Schemas;

    /// <summary>A reference to what an endpoint takes.</summary>
    public JsonObject Document(EndpointPlan plan)
    {
        if (!_names.TryGetValue(plan, out var name))
        {
            var declared = plan.Declaration.Schema ?? """{"type":"object","additionalProperties":true}"""u8.ToArray();
            name = _bundle.Add(ApiNames.OfPath(plan.Path), declared, plan.Declaration.SchemaOptions);
            _names[plan] = name;
        }

        return Reference(name);
    }

    /// <summary>A reference to a schema of ours, which is made when it is first asked for.</summary>
    public JsonObject Shared(string name, Func<JsonObject> make)
    {
        if (!_bundle.Schemas.ContainsKey(name))
        {
            _bundle.Schemas[name] = make();
        }

        return Reference(name);
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = Prefix + name };
}
