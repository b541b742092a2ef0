using System.Buffers;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.JsonSchema;

namespace Postroom.Plans.Resources;

/// <summary>
/// The plan of a resource's <c>/batch</c>: the same records, rules and origins, with bodies that are lists of them.
/// </summary>
internal static class BatchPlan
{
    /// <summary>The end of the address.</summary>
    public const string Route = "/batch";

    /// <summary>Bytes of a batch unless the endpoint takes larger bodies anyway.</summary>
    public const long BodyLeast = 16_000_000;

    private static readonly string[] s_formats =
        [BodyFormatNames.Json, BodyFormatNames.Ndjson, BodyFormatNames.Csv, BodyFormatNames.Xml];

    /// <summary>
    /// Null where nothing is created by POST, and where code of the host's is to see each document: it would be passed.
    /// </summary>
    public static EndpointPlan? Of(EndpointPlan plan, IReadOnlyList<FormatTypes> known)
    {
        if (plan.Resource!.Access.Of(RecordAction.Create) is null || plan.Handler is not null
            || plan.FollowUp is not null)
        {
            return null;
        }

        var declaration = plan.Declaration;
        var limits = declaration.Limits;
        var body = Math.Max(limits.Body, BodyLeast);
        return new EndpointPlan
        {
            Declaration = declaration with
            {
                Path = declaration.Path + Route,
                Formats = s_formats,
                Limits = limits with
                {
                    Body = body,
                    DecodedBody = limits.DecodedBody is { } decoded ? Math.Max(decoded, body) : null,
                    Fields = int.MaxValue,
                    Depth = limits.Depth + 1,
                },
            },
            Schema = ListSchema(declaration),
            Access = plan.Access,
            Formats = new TakenFormats(s_formats, known),
            Resource = plan.Resource,
            Created = plan.Created,
            Opening = plan.Opening,
            Url = plan.Url,
            Origins = plan.Origins,
            SameContent = TimeSpan.Zero,
            Hidden = plan.Hidden,
            BatchOf = plan,
        };
    }

    /// <summary>
    /// What tells the readers of CSV and XML of which types the fields of each item are. An <c>$id</c> of its own makes
    /// the item's schema the root of its references (JSON Schema 2020-12 §9.2.1).
    /// </summary>
    private static CompiledSchema ListSchema(EndpointDeclaration declaration)
    {
        using var schema = JsonDocument.Parse(declaration.Schema!.Value);
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "array"u8);
            json.WriteStartObject("items"u8);
            if (!schema.RootElement.TryGetProperty("$id"u8, out _))
            {
                json.WriteString("$id"u8, "item"u8);
            }

            foreach (var member in schema.RootElement.EnumerateObject())
            {
                member.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return CompiledSchema.Compile(output.WrittenSpan, declaration.SchemaOptions).Schema ?? CompiledSchema.Any;
    }
}
