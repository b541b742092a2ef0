using System.Text.Json;
using Postroom.Server.Tests.Programs;
using Postroom.Tests.Walls;

namespace Postroom.Server.Tests.Description;

/// <summary>Documents by the judgement of an independent validator, with its recommended rules.</summary>
public sealed class ValidatorTests : IClassFixture<DescriptionTools>
{
    private const string Everything = """
        endpoints:
          /any: {kind: form}
          /ümlaut/a-b: {kind: form, compatible: web3forms, formats: [json, csv, ndjson, text]}
          /ümlaut/a/b: {kind: form, compatible: formspree, limits: {files: 0, rate: off, keys: off}}
          /file:
            kind: form
            files: {types: [image/*, .pdf]}
            schema:
              type: object
              required: [photo]
              properties:
                photo: {type: string, format: binary}
                scans: {type: array, items: {contentMediaType: application/pdf}}
                child: {$ref: "#"}
                who: {$ref: "#/$defs/person"}
              $defs: {person: {type: object, required: [name], properties: {name: {type: string}}, additionalProperties: false}}
          /old:
            kind: form
            spam: {proofOfWork: on}
            quota: 5/d
            unique: [a]
            open: {from: "2026-01-01T00:00:00Z", until: "2030-01-01T00:00:00Z"}
            idempotency: {mode: required, refuseLate: true}
            schema:
              $schema: http://json-schema.org/draft-07/schema#
              type: object
              properties: {a: {type: string}, list: {type: array, items: [{type: string}, {type: integer}], additionalItems: false}, no: false}
              dependencies: {a: [list]}
          /users:
            kind: resource
            access: {create: public, read: public, list: public, update: public, delete: public}
            unique: [email]
            upsert: {on: email}
            require: if-match
            schema: {type: object, required: [email], properties: {email: {type: string}, boss: {type: string, x-ref: /users}, pin: {type: string, writeOnly: true}}}
          /drop: {kind: resource, access: {create: public}, schema: {type: object, additionalProperties: false, properties: {a: {type: integer}}}}
          /seats:
            kind: resource
            access: public
            hold: 10m
            capacity: {per: show, max: 100, weight: seats}
            schema:
              type: object
              required: [show, seats]
              properties: {show: {type: string}, seats: {type: integer, minimum: 1}}
          /list: {kind: form, formats: [json], schema: {type: array, items: {type: object, properties: {a: {type: [string, "null"]}}}}}
        """;

    [Fact]
    public async Task The_tour_is_valid() => await RequireValidAsync(Path.Combine(Repository.Root, "docs", "tour"));

    [Fact]
    public async Task So_is_the_example() => await RequireValidAsync(Path.Combine(Repository.Root, "examples", "contact"));

    [Fact]
    public async Task So_is_a_declaration_of_many_kinds()
    {
        using var folder = TestFolder.With(Everything);
        await RequireValidAsync(folder.Path);
    }

    [Fact]
    public async Task So_is_one_without_endpoints()
    {
        using var folder = TestFolder.With("url: https://post.example.com\n");
        await RequireValidAsync(folder.Path);
    }

    private static async Task RequireValidAsync(string declaration)
    {
        DescriptionTools.Require();
        var printed = await PostroomProgram.RunAsync("openapi", declaration);
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        using var folder = new TestFolder();
        folder.Write("openapi.json", printed.Output);
        var result = await DescriptionTools.RunAsync(
            "redocly", DescriptionTools.Folder, "lint", folder["openapi.json"], "--config", "redocly.yaml", "--format", "json");
        using var report = JsonDocument.Parse(result.Output);
        Assert.Equal("[]", report.RootElement.GetProperty("problems").GetRawText());
        Assert.Equal(0, result.ExitCode);
    }
}
