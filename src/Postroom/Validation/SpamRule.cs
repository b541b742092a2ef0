using Postroom.Exchange;

namespace Postroom.Validation;

/// <summary>Tells programs from people. What it catches is answered like a success and held with its reason.</summary>
internal static class SpamRule
{
    public const string Honeypot = "honeypot";
    public const string TooFast = "too-fast";

    public static string? Judge(PostExchange exchange)
    {
        var spam = exchange.Plan.Declaration.Spam;
        foreach (var field in spam.Honeypot)
        {
            if (exchange.Control.TryGetValue(field, out var value) && value.Length > 0)
            {
                return Honeypot;
            }
        }

        var fillTime = exchange.ReceivedAt - exchange.PageMadeAt;
        return exchange.PageMadeAt > 0 && fillTime < spam.MinimumFillTime.TotalMilliseconds ? TooFast : null;
    }
}
