using Postroom.Exchange;
using Postroom.Faults;
using Postroom.JsonSchema;

namespace Postroom.Parsing;

/// <summary>
/// The document of a record: walked, freed of the members that no caller sets, and completed by the defaults of the
/// schema. It stays the bytes that came where there is nothing to do.
/// </summary>
internal static class RecordBody
{
    public static Fault? Accept(
        PostExchange exchange, ReadOnlyMemory<byte> document, CompiledSchema schema, bool fillsDefaults,
        bool isJson = true)
    {
        var plan = exchange.Plan;
        var depth = plan.Declaration.Limits.Depth;
        exchange.Verdict = schema.Walk(document.Span, exchange.Faults, depth);
        if (exchange.Verdict == JsonVerdict.Malformed)
        {
            return JsonFault.From(exchange.Faults.Malformation!, plan, isJson);
        }

        exchange.Document = plan.Resource!.Shape.Split(document, fillsDefaults, out var aside);
        exchange.Aside = aside;
        if (!exchange.Document.Equals(document))
        {
            exchange.Faults.Clear();
            exchange.Verdict = schema.Walk(exchange.Document.Span, exchange.Faults, depth);
        }

        return null;
    }
}
