using System.Text;
using Postroom.Declarations;
using Postroom.JsonSchema;
using Postroom.Plans;

namespace Postroom.Tests.Declarations;

/// <summary>Schemas of several files, and what is never one of them.</summary>
public sealed class SchemaReferenceTests : IDisposable
{
    private static readonly DeclarationContext Bare = new() { Environment = _ => null };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("orders/order.json")]
    [InlineData("{type: object, properties: {to: {$ref: orders/parts/address.json}}}")]
    public void What_a_referenced_file_asks_for_is_asked_of_a_POST(string schema)
    {
        _folder.File("orders/order.json", Referring("parts/address.json"));
        _folder.File("orders/parts/address.json", """{"required": ["street"], "properties": {"street": {"$ref": "../a street.yaml"}}}""");
        _folder.File("orders/a street.yaml", "type: string\nminLength: 2\n");

        var plan = Plan(Load(schema));

        Assert.Equal(JsonVerdict.Valid, Walk(plan, """{"to": {"street": "Am Markt"}}"""));
        Assert.Equal(JsonVerdict.Invalid, Walk(plan, """{"to": {"street": "A"}}"""));
        Assert.Equal(JsonVerdict.Invalid, Walk(plan, """{"to": {}}"""));
    }

    [Fact]
    public void What_was_checked_counts_though_the_file_has_changed_since()
    {
        _folder.File("a.json", """{"type": "string"}""");
        var result = Load("{type: object, properties: {to: {$ref: a.json}}}");

        _folder.File("a.json", "{");

        Assert.Equal(JsonVerdict.Invalid, Walk(Plan(result), """{"to": 1}"""));
    }

    [Fact]
    public void All_referenced_files_are_listed_for_watching_each_once()
    {
        _folder.File("order.json", Referring("parts/a.json"));
        _folder.File("parts/a.json", """{"not": {"$ref": "a.json"}, "allOf": [{"$ref": "../order.json"}, {"$ref": "b.json"}]}""");

        var files = Load("order.json").Files.Select(file => Path.GetRelativePath(_folder.Path, file));

        Assert.Equal(["postroom.yaml", "order.json", "parts/a.json", "parts/b.json"], files);
    }

    [Theory]
    [InlineData("link.json", false)]
    [InlineData("elsewhere/secret.json", false)]
    [InlineData("circle.json", false)]
    [InlineData("relative.json", true)]
    public void A_link_is_followed_within_the_folder_only(string reference, bool succeeds)
    {
        using var other = new TemporaryFolder();
        other.File("secret.json", """{"title": "unmistakable"}""");
        _folder.File("real/address.json", "{}");
        Link("link.json", Path.Combine(other.Path, "secret.json"));
        Link("elsewhere", other.Path);
        Link("circle.json", "circle.json");
        Link("parts", "real");
        Link("relative.json", "./parts/../real/address.json");

        var result = Load($"{{type: object, properties: {{to: {{$ref: {reference}}}}}}}");

        Assert.Equal(succeeds, result.Succeeded);
        if (!succeeds)
        {
            var fault = Assert.Single(result.Faults);
            Assert.Equal((2, 61), (fault.Line, fault.Column));
            Assert.StartsWith(
                $"Schema: `{reference}` is a link that does not lead to a file in the declaration's folder.",
                fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_whose_name_begins_the_same_is_another()
    {
        var sibling = Directory.CreateDirectory(_folder.Path + "-more").FullName;
        try
        {
            File.WriteAllText(Path.Combine(sibling, "a.json"), "{}");
            var fault = Assert.Single(Load(
                $"{{type: object, properties: {{to: {{$ref: ../{Path.GetFileName(sibling)}/a.json}}}}}}").Faults);
            Assert.Contains("is outside of the declaration's folder", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(sibling, recursive: true);
        }
    }

    [Fact]
    public void Files_over_the_bounds_are_refused_at_the_reference()
    {
        var megabyte = "\"" + new string('x', 900_000) + "\"";
        foreach (var number in Enumerable.Range(1, 5))
        {
            _folder.File($"{number}.json", $$$"""{"title": {{{megabyte}}}, "not": {"$ref": "{{{number + 1}}}.json"}}""");
        }

        _folder.File("large.json", new string(' ', 1_000_001));

        Assert.Contains("larger than 1 MB", Fault("large.json"), StringComparison.Ordinal);
        Assert.StartsWith($"{_folder.Path}/4.json:1:", Fault("1.json"), StringComparison.Ordinal);
        Assert.Contains("With `5.json` the files of the schema are larger than 4 MB together.", Fault("1.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_of_more_than_a_hundred_files_is_refused()
    {
        foreach (var number in Enumerable.Range(1, 101))
        {
            _folder.File($"{number}.json", $$$"""{"not": {"$ref": "{{{number + 1}}}.json"}}""");
        }

        Assert.Contains(
            Load("1.json").Faults,
            fault => fault.File == Path.Combine(_folder.Path, "100.json")
                && fault.Message == "Schema: the schema consists of more than 100 documents.");
    }

    [Fact]
    public void Code_names_the_folder_itself()
    {
        _folder.File("address.json", """{"type": "string"}""");
        var endpoint = new EndpointDeclaration
        {
            Path = "/f",
            Kind = EndpointKind.Form,
            Schema = Encoding.UTF8.GetBytes(Referring("address.json")),
            SchemaOptions = SchemaOptions.AssertingFormats with { Sources = [new SchemaFolder(_folder.Path)] },
        };
        var faults = new List<DeclarationFault>();

        var plan = PlanCompiler.Compile(new() { Endpoints = [endpoint] }, endpoint, null, null, faults);
        _folder.File("address.json", """{"type": "strong"}""");
        PlanCompiler.Compile(new() { Endpoints = [endpoint] }, endpoint, null, null, faults);

        Assert.Equal(JsonVerdict.Invalid, Walk(plan!, """{"to": 1}"""));
        Assert.StartsWith("/f schema address.json:1:2: /type: ", Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    private static string Referring(string file) =>
        """{"type": "object", "properties": {"to": {"$ref": "FILE"}}}""".Replace("FILE", file, StringComparison.Ordinal);

    private static EndpointPlan Plan(DeclarationResult result)
    {
        Assert.Empty(result.Faults);
        var faults = new List<DeclarationFault>();
        var plan = PlanCompiler.Compile(result.Declaration!, result.Declaration!.Endpoints[0], null, null, faults);
        Assert.Empty(faults);
        return plan!;
    }

    private static JsonVerdict Walk(EndpointPlan plan, string json) =>
        plan.Schema.Walk(Encoding.UTF8.GetBytes(json), new SchemaFaults());

    private DeclarationResult Load(string schema)
    {
        _folder.File("postroom.yaml", $"endpoints:\n  /f: {{kind: form, schema: {schema}}}\n");
        return DeclarationLoader.Load(_folder.Path, Bare);
    }

    private string Fault(string reference) =>
        Assert.Single(Load($"{{type: object, properties: {{to: {{$ref: {reference}}}}}}}").Faults).ToString();

    private void Link(string name, string target) =>
        File.CreateSymbolicLink(Path.Combine(_folder.Path, name), target);
}
