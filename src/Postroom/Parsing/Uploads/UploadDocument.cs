using Postroom.Exchange;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Plans;

namespace Postroom.Parsing.Uploads;

/// <summary>
/// The document of an upload whose bytes come later: made and judged when it is begun, and judged again when it is
/// finished, by the schema that is in force then.
/// </summary>
internal static class UploadDocument
{
    /// <summary>Makes the document, and notes the faults of the schema in the exchange.</summary>
    public static Fault? Make(
        PostExchange exchange, string name, IReadOnlyList<KeyValuePair<string, byte[]>> texts)
    {
        EndpointPlan plan = exchange.Plan;
        FormReader reader = ReaderOf(plan);
        ParsedBody parsed = UploadFields.Build(reader.Rules, plan.Upload!, name, texts);
        if (parsed.IsRefused)
        {
            return parsed.Fault;
        }

        exchange.Control = parsed.Control;
        return Walk(exchange, parsed.Document, reader);
    }

    /// <summary>Judges a document that was made before.</summary>
    public static Fault? Walk(PostExchange exchange, ReadOnlyMemory<byte> document) =>
        Walk(exchange, document, ReaderOf(exchange.Plan));

    /// <summary>The pointer of the file's name in the document.</summary>
    public static string PointerOf(EndpointPlan plan) =>
        FileField.PointerOf(System.Text.Encoding.UTF8.GetBytes(plan.Upload!.Field)) + (plan.Upload.IsList ? "/0" : "");

    /// <summary>The type of file that the schema asks for; null for any.</summary>
    public static string? BoundOf(EndpointPlan plan) =>
        FileField.ShapeOf(ReaderOf(plan).Rules.Shape, UploadFields.FieldOf(plan.Upload!))?.FileType;

    private static Fault? Walk(PostExchange exchange, ReadOnlyMemory<byte> document, FormReader reader)
    {
        EndpointPlan plan = exchange.Plan;
        exchange.Document = document;
        exchange.Verdict = plan.Schema.Walk(document.Span, exchange.Faults, plan.Declaration.Limits.Depth);
        if (exchange.Verdict == JsonVerdict.Malformed)
        {
            exchange.Document = default;
            return JsonFault.From(exchange.Faults.Malformation!, plan, isJson: true);
        }

        exchange.FileFaults = FilePlaces.FindTexts(document.Span, reader.Rules.Shape, PointerOf(plan));
        return null;
    }

    // A plan that a reload has replaced takes its reader with it.
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<EndpointPlan, FormReader> s_readers =
        [];

    private static FormReader ReaderOf(EndpointPlan plan) => s_readers.GetValue(plan, static plan => new FormReader(
        plan.Schema, plan.Declaration.Limits, plan.Declaration.Spam.Honeypot, readsJsonAsForm: true));
}
