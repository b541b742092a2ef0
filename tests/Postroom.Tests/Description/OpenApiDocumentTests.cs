using System.Text;
using System.Text.Json.Nodes;
using Postroom.Declarations;
using Postroom.Description;
using Postroom.JsonSchema;
using Postroom.Plans;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Description;

/// <summary>What the document says of forms, and that all in it holds together.</summary>
public sealed class OpenApiDocumentTests
{
    private static readonly string[] s_formats = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", "text/xml"];

    [Fact]
    public void An_operation_takes_every_media_type_that_the_endpoint_takes()
    {
        var content = Post(Described(PostHost.Contact))["requestBody"]!["content"]!.AsObject();
        Assert.Equal(s_formats, content.Select(type => type.Key));
        Assert.All(content, type => Assert.Equal("#/components/schemas/ApiContact", (string?)type.Value!["schema"]!["$ref"]));
        var lines = Post(Described(PostHost.Contact with { Formats = ["csv", "ndjson", "text"] }))["requestBody"]!["content"]!.AsObject();
        Assert.Equal(
            ["text/csv", "application/x-ndjson", "application/ndjson", "application/jsonl", "text/plain"], lines.Select(type => type.Key));
        Assert.All(lines, type => Assert.Equal("string", (string?)type.Value!["schema"]!["type"]));
    }

    [Fact]
    public void A_form_that_needs_a_file_comes_as_multipart_only_with_the_types_of_its_files()
    {
        var content = Post(Described(With("""
            {"type":"object","required":["photo"],"properties":{"photo":{"type":"string","format":"binary"},"note":{"type":"string"}}}
            """) with { Files = new FilesDeclaration { Types = ["image/*", ".docx", "application/pdf"] } }))["requestBody"]!["content"]!.AsObject();
        Assert.Equal(["multipart/form-data"], content.Select(type => type.Key));
        Assert.Equal("image/*, application/pdf", (string?)content[0]!["encoding"]!["photo"]!["contentType"]);
    }

    [Fact]
    public void Nested_fields_of_forms_are_written_with_brackets() => Assert.Equal(
        "deepObject",
        (string?)Post(Described(With("""
            {"type":"object","properties":{"to":{"type":"object","properties":{"city":{"type":"string"}}}}}
            """)))["requestBody"]!["content"]!["application/x-www-form-urlencoded"]!["encoding"]!["to"]!["style"]);

    [Fact]
    public void A_required_key_is_a_required_header()
    {
        var optional = Post(Described(PostHost.Contact))["parameters"]!.AsArray();
        Assert.Equal(["Idempotency-Key", "Prefer"], optional.Select(parameter => (string?)parameter!["name"]));
        Assert.Null(optional[0]!["required"]);
        var required = Post(Described(PostHost.Contact with
        {
            Idempotency = new IdempotencyDeclaration { Mode = IdempotencyMode.Required, RefuseLate = true },
        }))["parameters"]!.AsArray();
        Assert.Equal(
            ["Idempotency-Key", "Idempotency-First-Sent", "Prefer"], required.Select(parameter => (string?)parameter!["name"]));
        Assert.True((bool)required[0]!["required"]!);
    }

    [Theory]
    [InlineData("public", "[]")]
    [InlineData("authenticated", """[{"bearer":[]}]""")]
    [InlineData("role:admin", """[{"bearer":["role:admin"]}]""")]
    public void Security_is_the_access_rule(string access, string security)
    {
        var document = Described(PostHost.Contact with { Access = access });
        Assert.Equal(security, Post(document)["security"]!.ToJsonString());
        Assert.Equal(access == "public", document["components"]!["securitySchemes"] is null);
        Assert.Equal(access != "public", Codes(document, "401").Contains("unauthenticated"));
    }

    [Fact]
    public void Refusals_are_those_that_the_declaration_makes_possible()
    {
        var plain = Described(PostHost.Contact);
        Assert.Equal(["idempotency-key-in-use"], Codes(plain, "409"));
        Assert.Equal(["entry-removed"], Codes(plain, "410"));
        var strict = Described(PostHost.Contact with
        {
            Formats = ["json"],
            Unique = [new UniqueDeclaration([new UniqueField("/email")])],
            Quota = new QuotaDeclaration(5),
            Limits = new LimitsDeclaration { Rate = null },
            Opening = new OpeningDeclaration { Until = DateTimeOffset.UnixEpoch },
        });
        Assert.Equal(["idempotency-key-in-use", "duplicate"], Codes(strict, "409"));
        Assert.Equal(["entry-removed", "closed", "quota-reached"], Codes(strict, "410"));
        Assert.DoesNotContain("malformed-form", Codes(strict, "400"));
        Assert.Equal(["keys-exceeded"], Codes(strict, "429"));
    }

    [Fact]
    public void Answers_name_their_headers()
    {
        var document = Described(PostHost.Contact);
        Assert.Equal(
            ["Postroom-Entry", "Idempotency-Status", "Idempotency-Expires", "Idempotency-First-Seen"],
            Post(document)["responses"]!["201"]!["headers"]!.AsObject().Select(header => header.Key));
        Assert.Contains("Location", Post(document)["responses"]!["303"]!["headers"]!.AsObject().Select(header => header.Key));
        Assert.Contains("Retry-After", Answer(document, "503")["headers"]!.AsObject().Select(header => header.Key));
    }

    [Fact]
    public void The_server_is_the_public_address_and_the_title_its_host()
    {
        var declaration = new PostroomDeclaration { Url = new Uri("https://post.example.com"), Endpoints = [PostHost.Contact] };
        var document = Described(declaration);
        Assert.Equal("https://post.example.com", (string?)document["servers"]![0]!["url"]);
        Assert.Equal(("post.example.com", "1.0.0"), Info(document));
        Assert.Contains("https-required", Codes(document, "403"));
        document = Described(declaration with { OpenApi = new OpenApiDeclaration { Title = "Post", Version = "7", Description = "For *you*." } });
        Assert.Equal(("Post", "7"), Info(document));
        Assert.StartsWith("For *you*.\n\n", (string?)document["info"]!["description"], StringComparison.Ordinal);
        Assert.Equal("/", (string?)Described(PostHost.Contact)["servers"]![0]!["url"]);
    }

    [Fact]
    public void The_same_declaration_gives_the_same_bytes_and_another_endpoint_changes_no_name()
    {
        Assert.Equal(Bytes(PostHost.Contact), Bytes(PostHost.Contact));
        var alone = Described(PostHost.Contact)["paths"]!["/api/contact"]!.ToJsonString();
        var strict = PostHost.Contact with { Path = "/a", Formats = ["json"], Quota = new QuotaDeclaration(1) };
        Assert.Equal(alone, Described(strict, PostHost.Contact)["paths"]!["/api/contact"]!.ToJsonString());
    }

    [Fact]
    public void Paths_with_the_same_words_have_operations_of_different_names() => Assert.Equal(
        ["postAB", "getAB", "postAB_2", "getAB_2", "postU00FC"],
        Operations(
            PostHost.Contact with { Path = "/a-b" }, PostHost.Contact with { Path = "/a/b" },
            PostHost.Contact with { Path = "/ü", Formats = ["json"] }).Select(operation => operation.Id));

    [Fact]
    public void Every_reference_leads_to_a_part_of_the_document()
    {
        var document = Described(
            PostHost.Contact,
            With("""{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"items":{"$ref":"#"}}}}""") with { Path = "/a" });
        var references = References(document).Distinct().ToList();
        Assert.Contains("#/components/schemas/A.a", references);
        Assert.All(references, reference => Assert.NotNull(
            reference[2..].Split('/').Aggregate((JsonNode?)document, (node, name) => node?[name])));
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer","minimum":5,"multipleOf":5},"x":{"type":"number","exclusiveMinimum":1.5}}}""")]
    [InlineData("""{"type":"object","properties":{"tags":{"type":"array","minItems":2,"uniqueItems":true,"items":{"type":"string"}}},"required":["tags"]}""")]
    [InlineData("""{"type":"object","required":["kind"],"properties":{"kind":{"enum":["b","a"]},"code":{"pattern":"^[0-9]{5}$"}}}""")]
    [InlineData("""{"type":"object","properties":{"code":{"pattern":"^[0-9]{5}$","examples":["10115"]}},"required":["code"]}""")]
    [InlineData("""{"type":"object","properties":{"child":{"$ref":"#"},"name":{"type":"string","maxLength":2}}}""")]
    [InlineData("""{"type":"array","minItems":1,"items":{"type":"object","properties":{"a":{"type":"boolean"}}}}""")]
    [InlineData("""{"type":"object","properties":{"id":{"readOnly":true,"type":"string"},"at":{"format":"date-time","type":"string"},"no":false}}""")]
    public void Examples_fit_their_schemas(string schema)
    {
        var endpoint = With(schema);
        var example = Post(Described(endpoint))["requestBody"]!["content"]!["application/json"]!["example"];
        Assert.NotNull(example);
        var compiled = CompiledSchema.Compile(endpoint.Schema!.Value.Span, SchemaOptions.AssertingFormats).Schema!;
        Assert.Equal(JsonVerdict.Valid, compiled.Walk(example, new SchemaFaults()));
    }

    [Fact]
    public void An_example_that_nobody_can_guess_is_left_out() => Assert.Null(
        Post(Described(With("""{"type":"object","required":["a"],"properties":{"a":{"type":"string","pattern":"^[0-9]{5}$"}}}""")))
            ["requestBody"]!["content"]!["application/json"]!["example"]);

    [Fact]
    public void A_schema_that_branches_without_end_has_a_short_example()
    {
        var members = string.Join(',', Enumerable.Range(0, 50).Select(number => $$"""
            "a{{number}}":{"$ref":"#"}
            """));
        var example = Post(Described(With("""{"type":"object","properties":{""" + members + "}}")))["requestBody"]!["content"]!["application/json"]!["example"];
        Assert.InRange(example!.ToJsonString().Length, 1, 20_000);
    }

    [Fact]
    public void What_a_form_service_s_page_reads_is_in_the_answer()
    {
        var web3 = Post(Described(PostHost.Contact with { Compatible = FormService.Web3Forms }))["responses"]!;
        Assert.Null(web3["201"]);
        Assert.True((bool)web3["200"]!["content"]!["application/json"]!["example"]!["success"]!);
        var formspree = Post(Described(PostHost.Contact with { Compatible = FormService.Formspree }))["responses"]!;
        Assert.True((bool)formspree["201"]!["content"]!["application/json"]!["example"]!["ok"]!);
    }

    [Fact]
    public void A_challenge_has_an_operation_and_traps_are_not_told()
    {
        var spam = new SpamDeclaration { ProofOfWork = new(), Honeypot = ["website_url"] };
        var document = Described(PostHost.Contact with { Spam = spam });
        Assert.NotNull(document["paths"]!["/_postroom/challenge/api/contact"]!["get"]);
        Assert.DoesNotContain("website_url", document.ToJsonString(), StringComparison.Ordinal);
    }

    private static EndpointDeclaration With(string schema) => PostHost.Contact with { Schema = Encoding.UTF8.GetBytes(schema) };

    private static JsonNode Described(params EndpointDeclaration[] endpoints) =>
        Described(new PostroomDeclaration { Endpoints = endpoints });

    private static JsonNode Described(PostroomDeclaration declaration) =>
        JsonNode.Parse(ApiDescription.Of(declaration, Plans(declaration)).ToJson())!;

    private static byte[] Bytes(EndpointDeclaration endpoint)
    {
        var declaration = new PostroomDeclaration { Endpoints = [endpoint] };
        return ApiDescription.Of(declaration, Plans(declaration)).ToJson();
    }

    private static IReadOnlyList<ApiOperation> Operations(params EndpointDeclaration[] endpoints)
    {
        var declaration = new PostroomDeclaration { Endpoints = endpoints };
        return ApiDescription.Of(declaration, Plans(declaration)).Operations;
    }

    private static List<EndpointPlan> Plans(PostroomDeclaration declaration)
    {
        var faults = new List<DeclarationFault>();
        var plans = declaration.Endpoints.Select(endpoint => PlanCompiler.Compile(declaration, endpoint, null, null, faults)!).ToList();
        Assert.Empty(faults);
        return plans;
    }

    private static JsonNode Post(JsonNode document) => document["paths"]!["/api/contact"]!["post"]!;

    private static JsonNode Answer(JsonNode document, string status)
    {
        var name = ((string)Post(document)["responses"]![status]!["$ref"]!).Split('/')[^1];
        return document["components"]!["responses"]![name]!;
    }

    private static IEnumerable<string?> Codes(JsonNode document, string status) =>
        Post(document)["responses"]![status] is null
            ? []
            : Answer(document, status)["content"]!["application/problem+json"]!["schema"]!["allOf"]![1]!["properties"]!["code"]!["enum"]!
                .AsArray().Select(code => (string?)code);

    private static (string?, string?) Info(JsonNode document) => ((string?)document["info"]!["title"], (string?)document["info"]!["version"]);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
