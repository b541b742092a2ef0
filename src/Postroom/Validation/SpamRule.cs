using System.Globalization;
using System.Runtime.CompilerServices;
using Postroom.Exchange;
using Postroom.Plans;

namespace Postroom.Validation;

/// <summary>
/// Tells programs from people. Every rule is asked, and what they catch is answered like a success and held with all
/// its reasons.
/// </summary>
internal sealed class SpamRule(ProofRule proofs)
{
    // A plan that a reload has replaced takes its rules with it.
    private readonly ConditionalWeakTable<EndpointPlan, ContentRules> _contents = [];

    public void Judge(PostExchange exchange)
    {
        var spam = exchange.Plan.Declaration.Spam;
        JudgeHoneypots(exchange, spam.Honeypot);
        var fillTime = exchange.ReceivedAt - exchange.PageMadeAt;
        if (exchange.PageMadeAt > 0 && fillTime < spam.MinimumFillTime.TotalMilliseconds)
        {
            exchange.Hold("too-fast", string.Create(CultureInfo.InvariantCulture,
                $"{fillTime / 1000.0:0.0} s after its page was made (at least {spam.MinimumFillTime.TotalSeconds} s)"));
        }

        proofs.Judge(exchange);
        if (ContentRules.AreAskedFor(spam))
        {
            _contents.GetValue(exchange.Plan, static plan => new ContentRules(plan.Declaration.Spam)).Judge(exchange);
        }
    }

    private static void JudgeHoneypots(PostExchange exchange, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            // What scripts send for a checkbox that nobody ticked.
            if (exchange.Control.TryGetValue(name, out var value) && value.Length > 0 && value != "false")
            {
                exchange.Hold("honeypot", $"the hidden field {name} was filled in");
                return;
            }
        }
    }
}
