using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Idempotency;

/// <summary>
/// Row 24, where it is switched on: a retry that comes after its key was forgotten would be executed again, so a
/// request that says it is that old is refused. It says so by <c>Idempotency-First-Sent</c> (an HTTP date) or by the
/// time in a version 7 UUID.
/// </summary>
internal static class LateRule
{
    public static Fault? Judge(PostExchange exchange, string key)
    {
        var rule = exchange.Plan.Declaration.Idempotency;
        if (!rule.RefuseLate || FirstSent(exchange.Http.Request.Headers, key) is not { } sent)
        {
            return null;
        }

        var age = TimeSpan.FromMilliseconds(exchange.ReceivedAt - sent);
        return age <= rule.Keep
            ? null
            : new Fault(FaultCatalogue.KeyExpired,
                $"This request says that it was first sent {age.TotalHours:N0} hours ago; keys are kept for "
                + $"{rule.Keep.TotalHours:N0}. Check whether it happened before you send it as a new one.");
    }

    private static long? FirstSent(IHeaderDictionary headers, string key)
    {
        if (DateTimeOffset.TryParseExact(headers["Idempotency-First-Sent"].ToString(), "r",
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return date.ToUnixTimeMilliseconds();
        }

        return EntryId.TryParse(key, out var id) && ((id.High >> 12) & 0xF) == 7 ? id.Milliseconds : null;
    }
}
