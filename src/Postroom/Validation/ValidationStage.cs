using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Plans;
using Postroom.Validation.Files;

namespace Postroom.Validation;

/// <summary>
/// Judges whether the endpoint is open, what the walk has noted, all at once, and then whether a person sent it.
/// </summary>
internal sealed class ValidationStage(SpamRule spam, FileScrutiny scrutiny, IItemRates rates) : IPostStage
{
    public string Name => "validation";

    public ValueTask<Fault?> RunAsync(PostExchange exchange)
    {
        // After repeats were answered: the clock never breaks a replay.
        if (exchange.Plan.Opening.Judge(exchange.ReceivedAt) is { } closed)
        {
            return new(closed);
        }

        if (exchange.Plan.BatchOf is not null)
        {
            return new(JudgeItems(exchange));
        }

        if (exchange.Verdict == JsonVerdict.Invalid || exchange.FileFaults.Count > 0)
        {
            return new(SchemaRefusal.From(
                exchange.Faults, exchange.FileFaults, exchange.Plan.Declaration.Respond,
                isList: exchange.Document.Span.StartsWith("["u8)));
        }

        // Records are for programs: there is no page between them and whoever sends them.
        if (exchange.Plan.Resource is null)
        {
            spam.Judge(exchange);
        }

        return exchange.Files.Count > 0 && FileScrutiny.IsAskedFor(exchange.Plan)
            ? scrutiny.JudgeAsync(exchange)
            : default;
    }

    /// <summary>Items that stand and fall alone are judged one by one when their turn comes.</summary>
    private Fault? JudgeItems(PostExchange exchange) => rates.Charge(exchange, exchange.Items.Count - 1)
        ?? (exchange.Action == PostAction.Batch ? BatchFaults.All(exchange.Items) : null);
}
