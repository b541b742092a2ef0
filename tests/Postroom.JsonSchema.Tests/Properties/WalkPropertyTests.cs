using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Postroom.JsonSchema.Tests.Properties;

public sealed class WalkPropertyTests
{
    private static readonly Config Fixed =
        Config.QuickThrowOnFailure.WithReplay(20200112, 20201201).WithQuietOnSuccess(true);

    private static readonly CompiledSchema[] Sample =
    [
        CompiledSchema.Any,
        Schemas.Compile(
            """{"items": {"anyOf": [{"$ref": "#"}, {"type": "string", "format": "email"}]}, "uniqueItems": true}"""),
        Schemas.Compile(
            """{"additionalProperties": {"$ref": "#"}, "multipleOf": 0.7, "pattern": "^a", "minLength": 3}"""),
    ];

    [Fact]
    public void Arbitrary_bytes_never_throw_and_a_malformation_always_says_why()
    {
        var faults = new SchemaFaults();
        Check.One(Fixed.WithMaxTest(3000), Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
            Sample.All(schema =>
                (schema.Walk(bytes, faults) == JsonVerdict.Malformed) == (faults.Malformation is not null))));
    }

    [Fact]
    public void Arbitrary_text_never_throws_as_a_schema()
    {
        Gen<string> text = ArbMap.Default.ArbFor<string>().Generator.Where(value => value is not null);
        Check.One(Fixed.WithMaxTest(400), Prop.ForAll(text.ToArbitrary(), value =>
        {
            string pattern = JsonSerializer.Serialize(value), reference = JsonSerializer.Serialize("#" + value);
            string schema = $$"""{"pattern": {{pattern}}, "$ref": {{reference}}}""";
            SchemaCompilation compilation = CompiledSchema.Compile(Encoding.UTF8.GetBytes(schema));
            return compilation.Succeeded || compilation.Errors.All(error => error.Line == 1 && error.Column >= 1);
        }));
    }

    [Fact]
    public void The_walk_agrees_with_a_textbook_reading_of_the_specification()
    {
        int compiled = 0, accepted = 0, refused = 0;
        var faults = new SchemaFaults();
        Check.One(Fixed.WithMaxTest(2500), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            string schemaText = new RandomJson(seed).Schema(4);
            SchemaCompilation compilation = CompiledSchema.Compile(Encoding.UTF8.GetBytes(schemaText));
            if (!compilation.Succeeded)
            {
                return compilation.Errors.All(error =>
                    error.Message == "the schema refers to itself without going into the value");
            }

            compiled++;
            using JsonDocument schema = JsonDocument.Parse(schemaText);
            for (int variant = 1; variant <= 6; variant++)
            {
                string documentText = new RandomJson(seed ^ (variant * 7919)).Document(4);
                using JsonDocument document = JsonDocument.Parse(documentText);
                bool expected = new TextbookEvaluator(schema.RootElement).Accepts(document.RootElement);
                JsonVerdict verdict = compilation.Schema.Walk(Encoding.UTF8.GetBytes(documentText), faults);
                (accepted, refused) = expected ? (accepted + 1, refused) : (accepted, refused + 1);
                Assert.True(
                    verdict == (expected ? JsonVerdict.Valid : JsonVerdict.Invalid),
                    $"{verdict} {faults.Malformation} for {documentText} by {schemaText}");
                Assert.Equal(expected, faults.Count == 0);
            }

            return true;
        }));
        Assert.True(compiled > 1800 && accepted > 1800 && refused > 1800, $"{compiled} {accepted} {refused}");
    }

    [Fact]
    public void Every_fault_points_to_a_place_in_the_document_and_in_the_schema()
    {
        var faults = new SchemaFaults();
        int seen = 0;
        Check.One(Fixed.WithMaxTest(800), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new RandomJson(seed);
            string schemaText = random.Schema(4), documentText = random.Document(4);
            SchemaCompilation compilation = CompiledSchema.Compile(Encoding.UTF8.GetBytes(schemaText));
            compilation.Schema?.Walk(Encoding.UTF8.GetBytes(documentText), faults);
            using JsonDocument schema = JsonDocument.Parse(schemaText), document = JsonDocument.Parse(documentText);
            foreach (SchemaFault fault in compilation.Succeeded ? faults : [])
            {
                seen++;
                Assert.True(Leads(schema.RootElement, fault.SchemaPointer), $"{fault} in {schemaText}");
                string present = fault.Code == FaultCodes.Required
                    ? fault.Pointer[..fault.Pointer.LastIndexOf('/')]
                    : fault.Pointer;
                Assert.True(Leads(document.RootElement, present), $"{fault} in {documentText}");
                Assert.Equal(fault.Code != FaultCodes.Required, Leads(document.RootElement, fault.Pointer));
            }

            return true;
        }));
        Assert.True(seen > 200, $"{seen} faults");
    }

    private static bool Leads(JsonElement at, string pointer)
    {
        foreach (string token in pointer.Split('/').Skip(1))
        {
            string name = token.Replace("~1", "/", StringComparison.Ordinal);
            name = name.Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Array)
            {
                int index = int.Parse(name, System.Globalization.CultureInfo.InvariantCulture);
                if (index >= at.GetArrayLength())
                {
                    return false;
                }

                at = at[index];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return false;
            }
        }

        return true;
    }
}
