using System.Text;
using System.Text.Json.Nodes;
using Postroom.Declarations;
using Postroom.Description;
using Postroom.JsonSchema;
using Postroom.Plans;
using Postroom.Tests.Hosts;
using Postroom.Tests.Resources;

namespace Postroom.Tests.Description;

/// <summary>What the document says of resources.</summary>
public sealed class ResourceDocumentTests
{
    private const string Record = "/api/users/{id}";

    [Fact]
    public void Every_method_has_an_operation()
    {
        var paths = Described(ResourceHost.Users)["paths"]!;
        Assert.Equal(["get listApiUsers", "post createApiUsers"], Methods(paths["/api/users"]!));
        Assert.Equal(
            ["get getApiUsers", "put putApiUsers", "patch patchApiUsers", "delete deleteApiUsers"], Methods(paths[Record]!));
        Assert.Equal(["201", "200", "204"], Successes(paths[Record]!["put"]!));
        Assert.Equal(["200", "304"], Successes(paths[Record]!["get"]!));
        Assert.Equal(["204"], Successes(paths[Record]!["delete"]!));
    }

    [Fact]
    public void What_nobody_may_do_is_not_there_and_the_rest_says_who_may()
    {
        var paths = Described(Users(new AccessDeclaration { Create = "authenticated", Read = "owner" }))["paths"]!;
        Assert.Equal(["post createApiUsers"], Methods(paths["/api/users"]!));
        Assert.Equal(["get getApiUsers", "put putApiUsers"], Methods(paths[Record]!));
        Assert.Equal("""[{"bearer":[]}]""", paths[Record]!["get"]!["security"]!.ToJsonString());
        Assert.NotNull(paths[Record]!["get"]!["responses"]!["403"]);
    }

    [Fact]
    public void A_record_has_what_is_kept_of_it_and_nothing_that_is_only_written()
    {
        var schemas = Described(ResourceHost.Users)["components"]!["schemas"]!;
        Assert.Equal(
            ["id", "created", "updated", "version", "owner", "email", "name", "age", "role", "score"],
            schemas["ApiUsersRecord"]!["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(
            """["id","created","updated","version","owner","email"]""", schemas["ApiUsersRecord"]!["required"]!.ToJsonString());
        Assert.Equal(
            ["email", "name", "age", "role", "password"],
            schemas["ApiUsersPatch"]!["properties"]!.AsObject().Select(property => property.Key));
        Assert.NotNull(schemas["ApiUsersPatch"]!["properties"]!["name"]!["anyOf"]);
        Assert.Null(schemas["ApiUsersPatch"]!["properties"]!["email"]!["anyOf"]);
    }

    [Fact]
    public async Task A_real_record_and_a_real_page_fit_their_schemas()
    {
        await using var host = await PostHost.StartAsync(ResourceHost.Users);
        var address = await host.CreateAsync("ada@example.com");
        var document = JsonNode.Parse(await host.Client.GetStringAsync("/_postroom/openapi.json", TestContext.Current.CancellationToken))!;
        foreach (var (path, name) in (KeyValuePair<string, string>[])[new(address, "ApiUsersRecord"), new("/api/users", "ApiUsersPage")])
        {
            AssertFits(document, name, JsonNode.Parse(await host.Client.GetStringAsync(path, TestContext.Current.CancellationToken))!);
        }
    }

    [Fact]
    public void Examples_of_answers_fit_their_schemas()
    {
        var document = Described(ResourceHost.Users);
        AssertFits(document, "ApiUsersRecord", Example(document, "/api/users", "post", "201"));
        AssertFits(document, "ApiUsersPage", Example(document, "/api/users", "get", "200"));
    }

    [Fact]
    public void Refusals_are_those_of_records()
    {
        var plain = Operations(ResourceHost.Users);
        Assert.Contains("duplicate", Codes(plain["createApiUsers"]));
        Assert.DoesNotContain("not-found", Codes(plain["createApiUsers"]));
        Assert.Contains("precondition-failed", Codes(plain["patchApiUsers"]));
        Assert.DoesNotContain("precondition-required", Codes(plain["patchApiUsers"]));
        Assert.DoesNotContain("validation-failed", Codes(plain["deleteApiUsers"]));
        Assert.DoesNotContain("files-unsupported", Codes(plain["patchApiUsers"]));
        var strict = Operations(ResourceHost.Users with
        {
            Idempotency = new IdempotencyDeclaration { Mode = IdempotencyMode.Required },
            Resource = ResourceHost.Users.Resource with { RequiresIfMatch = true },
        });
        Assert.Contains("precondition-required", Codes(strict["deleteApiUsers"]));
        Assert.Contains("idempotency-key-missing", Codes(strict["patchApiUsers"]));
        Assert.DoesNotContain("idempotency-key-missing", Codes(strict["putApiUsers"]));
        Assert.Equal([true, false], ((string[])["createApiUsers", "putApiUsers"]).Select(
            name => strict[name].Parameters.Single(parameter => parameter.Name == "Idempotency-Key").IsRequired));
    }

    [Fact]
    public void References_can_be_expanded_and_forbid_a_deletion()
    {
        var orders = new EndpointDeclaration
        {
            Path = "/api/orders",
            Kind = EndpointKind.Resource,
            Schema = Encoding.UTF8.GetBytes(
                """{"type":"object","properties":{"user":{"type":"string","format":"uuid","x-ref":"/api/users"}}}"""),
            Resource = new ResourceDeclaration { Access = AccessDeclaration.All("public") },
        };
        var operations = Operations(ResourceHost.Users, orders);
        Assert.Contains("referenced", Codes(operations["deleteApiUsers"]));
        Assert.DoesNotContain("referenced", Codes(operations["deleteApiOrders"]));
        Assert.Contains("expand", operations["listApiOrders"].Parameters.Select(parameter => parameter.Name));
        Assert.DoesNotContain("expand", operations["listApiUsers"].Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void What_is_held_can_be_confirmed_and_places_can_be_gone()
    {
        var seats = ResourceHost.Users with
        {
            Resource = ResourceHost.Users.Resource with
            {
                Hold = TimeSpan.FromMinutes(10),
                Capacities = [new CapacityDeclaration { Per = ["/email"], Max = 5 }],
            },
        };
        var operations = Operations(seats);
        Assert.Equal("/api/users/{id}/confirm", operations["confirmApiUsers"].Path);
        Assert.Empty(operations["confirmApiUsers"].Body);
        Assert.Contains("hold-ended", Codes(operations["confirmApiUsers"]));
        Assert.Contains("sold-out", Codes(operations["createApiUsers"]));
        Assert.DoesNotContain("overlap", Codes(operations["createApiUsers"]));
        Assert.NotNull(Described(seats)["components"]!["schemas"]!["ApiUsersRecord"]!["properties"]!["heldUntil"]);
        Assert.DoesNotContain("confirmApiUsers", Operations(ResourceHost.Users).Keys);
    }

    private static EndpointDeclaration Users(AccessDeclaration access) =>
        ResourceHost.Users with { Resource = new ResourceDeclaration { Access = access } };

    private static void AssertFits(JsonNode document, string schema, JsonNode value)
    {
        var whole = document["components"]!.DeepClone().AsObject();
        var text = new JsonObject { ["$ref"] = "#/$defs/" + schema, ["$defs"] = whole["schemas"]!.DeepClone() }
            .ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        var compiled = CompiledSchema.Compile(Encoding.UTF8.GetBytes(text), SchemaOptions.AssertingFormats);
        Assert.Empty(compiled.Errors);
        var faults = new SchemaFaults();
        Assert.True(compiled.Schema!.Walk(value, faults) == JsonVerdict.Valid, faults.Count > 0 ? faults[0].ToString() : "malformed");
    }

    private static JsonNode Example(JsonNode document, string path, string method, string status) =>
        document["paths"]![path]![method]!["responses"]![status]!["content"]!["application/json"]!["example"]!;

    private static IEnumerable<string> Methods(JsonNode path) =>
        path.AsObject().Select(method => $"{method.Key} {(string?)method.Value!["operationId"]}");

    private static IEnumerable<string> Successes(JsonNode operation) => operation["responses"]!.AsObject()
        .Where(answer => answer.Value!["$ref"] is null).Select(answer => answer.Key).OrderBy(status => status == "201" ? "0" : status);

    private static IEnumerable<string> Codes(ApiOperation operation) => operation.Refusals.Select(kind => kind.Code);

    private static Dictionary<string, ApiOperation> Operations(params EndpointDeclaration[] endpoints)
    {
        var declaration = new PostroomDeclaration { Endpoints = endpoints };
        return ApiDescription.Of(declaration, Plans(declaration)).Operations.ToDictionary(operation => operation.Id);
    }

    private static JsonNode Described(params EndpointDeclaration[] endpoints)
    {
        var declaration = new PostroomDeclaration { Endpoints = endpoints };
        return JsonNode.Parse(ApiDescription.Of(declaration, Plans(declaration)).ToJson())!;
    }

    private static List<EndpointPlan> Plans(PostroomDeclaration declaration)
    {
        var faults = new List<DeclarationFault>();
        var plans = declaration.Endpoints.Select(endpoint => PlanCompiler.Compile(declaration, endpoint, null, null, faults)!).ToList();
        Assert.Empty(faults);
        PlanCompiler.Link(plans, faults);
        Assert.Empty(faults);
        return plans;
    }
}
