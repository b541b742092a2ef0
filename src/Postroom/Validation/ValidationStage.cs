using Postroom.Exchange;
using Postroom.Faults;
using Postroom.JsonSchema;

namespace Postroom.Validation;

/// <summary>Judges what the walk has noted, all at once, and then whether a person sent it.</summary>
internal sealed class ValidationStage : IPostStage
{
    private readonly SpamRule _spam = new();

    public string Name => "validation";

    public ValueTask<Fault?> RunAsync(PostExchange exchange)
    {
        if (exchange.Verdict == JsonVerdict.Invalid)
        {
            return new(SchemaRefusal.From(exchange.Faults, exchange.Plan.Declaration.Respond));
        }

        _spam.Judge(exchange);
        return default;
    }
}
