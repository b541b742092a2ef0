using System.Text.Json;
using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Plans;
using Postroom.Plans.Resources;

namespace Postroom.Parsing;

/// <summary>Makes the items of a batch: each one walked, freed and completed as a single record would be.</summary>
internal static class BatchBody
{
    public static Fault? Accept(PostExchange exchange, ReadOnlyMemory<byte> document, bool isJson)
    {
        var plan = exchange.Plan;
        var depth = plan.Declaration.Limits.Depth;
        exchange.Verdict = CompiledSchema.Any.Walk(document.Span, exchange.Faults, depth);
        if (exchange.Verdict == JsonVerdict.Malformed)
        {
            return JsonFault.From(exchange.Faults.Malformation!, plan, isJson);
        }

        exchange.Document = document;
        var items = new List<BatchItem>();
        if (!TryRead(plan, document, items))
        {
            return BatchFaults.NoList;
        }

        var limit = plan.Declaration.Limits.Items;
        if (items.Count > limit)
        {
            return new Fault(FaultCatalogue.LimitExceeded,
                $"The body has more than {limit} items. The limit is set by `limits.items`.")
            {
                Limit = new LimitFault("limits.items", limit),
            };
        }

        exchange.Items = items;
        return items.Count == 0 ? BatchFaults.Empty : null;
    }

    private static bool TryRead(EndpointPlan plan, ReadOnlyMemory<byte> document, List<BatchItem> items)
    {
        var reader = new Utf8JsonReader(document.Span, new JsonReaderOptions { MaxDepth = 1000 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        var faults = new SchemaFaults();
        var limit = plan.Declaration.Limits.Items;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var item = document[start..(int)reader.BytesConsumed];
            items.Add(items.Count <= limit
                ? Read(plan.BatchOf!, items.Count, item, faults)
                : new BatchItem(items.Count, default, null));
        }

        return true;
    }

    private static BatchItem Read(
        EndpointPlan plan, int index, ReadOnlyMemory<byte> item, SchemaFaults faults)
    {
        var document = plan.Resource!.Shape.Split(item, fillsDefaults: true, out var aside);
        if (aside.Count > 0)
        {
            return new BatchItem(index, item, RecordFaults.Kept(aside.Select(member => member.Name)));
        }

        faults.Clear();
        var declaration = plan.Declaration;
        var verdict = plan.Schema.Walk(document.Span, faults, declaration.Limits.Depth);
        return new BatchItem(index, document, verdict == JsonVerdict.Valid
            ? null
            : SchemaRefusal.From(faults, [], declaration.Respond, isList: false));
    }
}
