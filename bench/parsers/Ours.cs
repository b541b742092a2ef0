using System.Text;
using Postroom.Declarations;
using Postroom.JsonSchema;
using Postroom.Parsing;

namespace Postroom.Bench.Parsers;

/// <summary>
/// What a POST of each format goes through in the stage that parses: the body becomes a document, and the document is
/// walked (UTF-8, escapes, duplicates, depth) as it always is.
/// </summary>
internal static class Ours
{
    private static readonly LimitsDeclaration Limits = new()
    {
        Body = 100_000_000, Fields = 100_000, Value = 100_000_000, Index = 100_000,
    };

    private static readonly FormReader Reader = new(CompiledSchema.Any, Limits, ["_gotcha"], readsJsonAsForm: true);
    private static readonly SchemaFaults Faults = new();

    public static ValueTask<long> Urlencoded(byte[] body) => Read("application/x-www-form-urlencoded", body);

    public static ValueTask<long> Json(byte[] body) => Read("application/json", body);

    public static ValueTask<long> Multipart(byte[] body) =>
        Read("multipart/form-data; boundary=" + Bodies.Boundary, body);

    private static ValueTask<long> Read(string contentType, byte[] body)
    {
        if (MediaTypes.Read(contentType, out var mediaType) is { } unread)
        {
            throw new InvalidOperationException(unread.Message);
        }

        var parsed = Reader.Read(mediaType, body);
        if (parsed.IsRefused)
        {
            throw new InvalidOperationException(parsed.Fault.Message);
        }

        return CompiledSchema.Any.Walk(parsed.Document.Span, Faults) == JsonVerdict.Valid
            ? new(parsed.Document.Length)
            : throw new InvalidOperationException(Encoding.UTF8.GetString(parsed.Document.Span));
    }
}
